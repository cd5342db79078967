import { describeRefusal, nameRefusal } from '../request/describe-refusal.ts'
import { hasProof, readKey, readParameter, removeProof } from '../request/request-url.ts'
import { usePlayground } from '../state/playground.ts'
import { findAccess } from './find-access.ts'
import { tamperWith } from './tamper.ts'
import { useSigning } from './use-signing.ts'

/** A minute ago: signed, and ended. */
const endedSeconds = -60

/** Signs the request, and shows what becomes of it when it ends or is tampered with. */
export function Signing() {
  const { choices, change, refusal, setup, answer } = usePlayground()
  const { sign, error } = useSigning()
  const claimed = hasProof(choices.url)
  const key = readKey(choices.url)
  return (
    <div class="card" data-part="signing">
      <h3>Signature</h3>
      <p>
        <code>{key}</code> is <b>{findAccess(setup.access, key)}</b>.{' '}
        {claimed ? describeClaim(choices.url) : 'The URL has no signature.'}
      </p>
      <p class={refusal ? 'verdict verdict-refused' : 'verdict verdict-served'}>
        {refusal ? (
          <>
            <b>{nameRefusal(refusal)}.</b> {describeRefusal(refusal)}
          </>
        ) : answer.value ? (
          <b>
            {answer.value.explanation.signed
              ? 'Served: the signature holds.'
              : 'Served: it needs no signature.'}
          </b>
        ) : (
          'Nothing has been asked yet.'
        )}
      </p>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => void sign()}>
          {claimed ? 'Sign it anew' : 'Sign it'}
        </button>
        <button type="button" onClick={() => void sign(endedSeconds)}>
          Let it expire
        </button>
        <button type="button" disabled={!claimed} onClick={() => change({ url: tamperWith(choices.url) })}>
          Tamper with it
        </button>
        <button type="button" disabled={!claimed} onClick={() => change({ url: removeProof(choices.url) })}>
          Take it off
        </button>
      </div>
      {error && (
        <p role="alert" class="error">
          {error}
        </p>
      )}
    </div>
  )
}

function describeClaim(url: string): string {
  const seconds = Number(readParameter(url, 'exp'))
  const kid = readParameter(url, 'kid') ?? 'no key'
  if (!Number.isFinite(seconds)) return `It claims to be signed with ${kid}.`
  const at = new Date(seconds * 1000)
  const ended = at.getTime() < Date.now()
  return `It claims to be signed with ${kid}, and ${ended ? 'ended' : 'ends'} at ${at.toLocaleTimeString('en-GB')}.`
}
