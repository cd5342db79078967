import type { OriginalEntry } from '../../api.ts'
import { drawPlaceholder } from '../parts/draw-placeholder.ts'
import { formatBytes, formatFormat } from '../parts/figures.ts'
import { Segments } from '../parts/segments.tsx'
import { readKey } from '../request/request-url.ts'
import { zooms } from '../state/choices.ts'
import { usePlayground } from '../state/playground.ts'
import { useLatest } from '../state/use-latest.ts'
import { Comparison } from './comparison.tsx'
import { makeReference, planReference, type Reference } from './reference.ts'
import { RefusalPanel } from './refusal-panel.tsx'
import { Textual } from './textual.tsx'

const zoomNames = { fit: 'Fit', 1: '1:1', 2: '2:1', 4: '4:1' } as const

/** The picture beside what it was made from, or why there is none. */
export function Stage() {
  const { answer, variant, refusal, choices, change, originals } = usePlayground()
  const planned = answer.value && planReference(answer.value)
  const question = planned && JSON.stringify(planned)
  const reference = useLatest<Reference>(question, (asked, signal) => {
    const { request, coding }: { request: string; coding: Reference['coding'] } = JSON.parse(asked)
    return makeReference(request, coding, signal)
  })
  const picture = answer.value?.picture
  return (
    <section class="stage" aria-label="Picture" aria-busy={answer.pending} data-answered={answer.question}>
      <div
        class="stage-body"
        style={{ '--aspect': variant && variant.width > 0 ? `${variant.height / variant.width}` : undefined }}
      >
        {picture ? (
          <Comparison
            picture={picture}
            reference={reference.question === question ? reference.value?.url : undefined}
            compared={planned !== undefined}
            width={variant?.width || 640}
            height={variant?.height || 480}
          />
        ) : refusal ? (
          <RefusalPanel refusal={refusal} />
        ) : answer.value ? (
          <Textual answer={answer.value} />
        ) : answer.error !== undefined ? (
          <div class="stage-message">
            <h3>No answer</h3>
            <p>{answer.error}</p>
          </div>
        ) : choices.url === '' ? (
          <div class="stage-message">
            <h3>Nothing is asked yet</h3>
            <p>Choose an original, type a URL, or drop a picture anywhere on this page.</p>
          </div>
        ) : (
          <Awaited originals={originals} chosen={readKey(choices.url)} />
        )}
        {answer.slow && (
          <p class="spinner">
            <span aria-hidden="true" />
            Making the variant …
          </p>
        )}
      </div>
      <div class="stage-foot">
        <p class="stage-label">
          {planned && picture && (
            <>
              <b>Original</b> {reference.error ?? `same pixels, ${planned.coding}`}
            </>
          )}
        </p>
        <Segments
          label="Zoom"
          name="zoom"
          value={choices.zoom}
          options={zooms.map((zoom) => [zoom, zoomNames[zoom]] as const)}
          onChoose={(zoom) => zoom && change({ zoom })}
        />
        <p class="stage-label stage-label-result">
          {variant && answer.value && (
            <>
              <b>Result</b> {formatFormat(variant.format)}, {formatBytes(answer.value.bytes)}
            </>
          )}
        </p>
      </div>
    </section>
  )
}

/** Before the first answer: the placeholder of the original. */
function Awaited({ originals, chosen }: { originals: readonly OriginalEntry[]; chosen: string }) {
  const { thumbhash } = originals.find(({ key }) => key === chosen) ?? {}
  const picture = thumbhash && drawPlaceholder(thumbhash)
  return <div class="stage-awaited">{picture && <img src={picture} alt="" />}</div>
}
