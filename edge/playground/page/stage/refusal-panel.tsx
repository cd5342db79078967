import { SignButton } from '../access/sign-button.tsx'
import { InlineText } from '../parts/inline-text.tsx'
import { describeRefusal, nameRefusal, nameRemedy } from '../request/describe-refusal.ts'
import { listConcerned, type Refusal } from '../request/read-answer.ts'

/** In the picture's place: what the edge refuses, and what helps. */
export function RefusalPanel({ refusal }: { refusal: Refusal }) {
  const concerned = listConcerned(refusal)
  return (
    <div class="stage-message refusal" data-code={refusal.code}>
      <p class="refusal-status">
        {refusal.status} {refusal.code && <code>{refusal.code}</code>}
      </p>
      <h3>{nameRefusal(refusal)}</h3>
      {(refusal.expected || refusal.received) && (
        <p>
          {concerned.map((name) => (
            <button key={name} type="button" class="concerned" onClick={() => showControl(name)}>
              {name}
            </button>
          ))}{' '}
          {describeRefusal(refusal)}
        </p>
      )}
      <p class="refusal-remedy">
        <InlineText text={nameRemedy(refusal)} />
      </p>
      {refusal.code === 'needs-signature' && <SignButton />}
    </div>
  )
}

/** Brings the control of the parameter into sight, and the focus to it. */
function showControl(name: string): void {
  const control = document.querySelector(`[data-parameter="${CSS.escape(name)}"]`)
  control?.scrollIntoView({ block: 'center' })
  control?.querySelector<HTMLElement>('input, select')?.focus()
}
