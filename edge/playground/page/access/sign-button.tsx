import { useSigning } from './use-signing.ts'

/** Signs the request for an hour. */
export function SignButton() {
  const { sign, error } = useSigning()
  return (
    <>
      <button type="button" class="primary" onClick={() => void sign()}>
        Sign it
      </button>
      {error && <p class="error">{error}</p>}
    </>
  )
}
