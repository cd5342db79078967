import { formatMs } from '../parts/figures.ts'
import type { TimingStep } from '../request/read-answer.ts'

/** Steps with colours of their own; others share the last. */
const shades = 5

/** The transformer's steps side by side, as long as they took. */
export function TimingBar({
  steps,
  totalMs,
  hit,
}: {
  steps: readonly TimingStep[]
  totalMs: number
  hit: boolean
}) {
  if (steps.length === 0) return <p class="empty">No steps: the transformer did not run.</p>
  const sum = steps.reduce((total, { ms }) => total + ms, 0)
  return (
    <div class="timing">
      <div class="timing-bar" aria-hidden="true">
        {steps.map(({ name, ms }, index) => (
          <span
            key={name}
            class={`shade-${Math.min(index, shades - 1)}`}
            style={{ flexGrow: ms / sum }}
            title={`${name} ${formatMs(ms)}`}
          />
        ))}
      </div>
      <ul>
        {steps.map(({ name, ms }, index) => (
          <li key={name}>
            <span class={`swatch shade-${Math.min(index, shades - 1)}`} aria-hidden="true" />
            {name} <b>{formatMs(ms)}</b>
          </li>
        ))}
        <li>
          together <b>{formatMs(totalMs)}</b>
          {hit && ', spent once, when it was made'}
        </li>
      </ul>
    </div>
  )
}
