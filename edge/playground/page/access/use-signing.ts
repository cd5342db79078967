import { useState } from 'preact/hooks'
import type { SignAnswer } from '../../api.ts'
import { callApi } from '../request/call-api.ts'
import { removeProof } from '../request/request-url.ts'
import { usePlayground } from '../state/playground.ts'
import { describeError } from '../state/use-latest.ts'

/** Has the server sign the URL of the request, for so many seconds from now; and what kept it from doing so. */
export function useSigning(): { sign: (seconds?: number) => Promise<void>; error: string | undefined } {
  const { choices, change } = usePlayground()
  const [error, setError] = useState<string>()
  const sign = async (seconds?: number) => {
    setError(undefined)
    try {
      const { url } = await callApi<SignAnswer>('sign', { url: removeProof(choices.url), seconds })
      change({ url })
    } catch (thrown) {
      setError(describeError(thrown))
    }
  }
  return { sign, error }
}
