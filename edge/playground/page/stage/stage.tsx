import { Segments } from '../parts/segments.tsx'
import { formatBytes, formatFormat } from '../parts/figures.ts'
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
  const { answer, variant, refusal, choices, change } = usePlayground()
  const planned = answer.value && planReference(answer.value)
  const reference = useLatest<Reference>(planned && JSON.stringify(planned), (question, signal) => {
    const { request, coding }: { request: string; coding: Reference['coding'] } = JSON.parse(question)
    return makeReference(request, coding, signal)
  })
  const picture = answer.value?.picture
  return (
    <section class="stage" aria-label="Picture" aria-busy={answer.pending}>
      <div class="stage-body">
        {picture ? (
          <Comparison
            picture={picture}
            reference={planned && reference.value?.url}
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
        ) : (
          <div class="stage-skeleton" />
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
