import { formatBytes, formatFormat, formatMs, formatSaving } from '../parts/figures.ts'
import { isHit } from '../request/read-answer.ts'
import { usePlayground } from '../state/playground.ts'

/** What the original weighs, what the viewer gets, and how fast. */
export function FiguresRow() {
  const { answer, variant, refusal } = usePlayground()
  const { value } = answer
  if (refusal || (answer.error !== undefined && !value)) {
    return (
      <dl class="figures">
        <div>
          <dt>Sent to the viewer</dt>
          <dd class="big">{refusal ? `${refusal.status}, no picture` : 'nothing'}</dd>
        </div>
      </dl>
    )
  }
  if (!value) return <div class="figures figures-empty" />
  const saving = variant && formatSaving(variant.originalBytes, value.bytes)
  return (
    <dl class={answer.pending ? 'figures figures-pending' : 'figures'}>
      {variant && (
        <div>
          <dt>
            {formatFormat(variant.originalFormat)} original
            {variant.originalWidth > 0 && ` ${variant.originalWidth} × ${variant.originalHeight}`}
          </dt>
          <dd class="big">{formatBytes(variant.originalBytes)}</dd>
        </div>
      )}
      <div class="arrow">
        <dt>
          {formatFormat(value.headers['content-type'] ?? '')}
          {variant && variant.width > 0 && ` ${variant.width} × ${variant.height}`}
          {variant?.quality && `, quality ${variant.quality}`}
        </dt>
        <dd class="big" data-figure="bytes">
          {formatBytes(value.bytes)}
        </dd>
      </div>
      {saving && (
        <div class="saving">
          <dt>Saved</dt>
          <dd class="big">{saving}</dd>
        </div>
      )}
      <div>
        <dt>{isHit(value.headers) ? 'From the cache' : 'Made for you'}</dt>
        <dd class="big">{formatMs(value.ms)}</dd>
      </div>
    </dl>
  )
}
