import { useEffect, useState } from 'preact/hooks'
import type { AskAnswer } from '../../api.ts'
import { formatBytes, formatFormat, formatMs } from '../parts/figures.ts'
import { Section } from '../parts/section.tsx'
import { useVisible } from '../parts/use-visible.ts'
import { describeRefusal } from '../request/describe-refusal.ts'
import { readRefusalOf, readTiming, readVariantFacts } from '../request/read-answer.ts'
import { readParameter, writeParameter } from '../request/request-url.ts'
import { usePlayground } from '../state/playground.ts'
import { describeError } from '../state/use-latest.ts'
import { askInFormat, comparedFormats } from './ask-formats.ts'

type Column = { answer: AskAnswer } | { error: string } | undefined

/** The same picture in each format: how it looks, weighs, and how long it took to make. */
export function FormatsSection() {
  const { choices, change, answer } = usePlayground()
  const [element, visible] = useVisible<HTMLDivElement>()
  const columns = useFormats(visible && answer.value?.picture !== undefined && !answer.pending)
  const sizes = Object.values(columns).map((column) =>
    column && 'answer' in column ? column.answer.bytes : 0,
  )
  const largest = Math.max(1, ...sizes)
  return (
    <Section
      title="Four formats"
      text="The middle of the picture, pixel by pixel, in each format. Fewer bytes are better; the time is what the transformer took when it was made."
    >
      <div class="formats" ref={element}>
        {comparedFormats.map((format) => (
          <FormatCard
            key={format}
            format={format}
            column={columns[format]}
            largest={largest}
            chosen={readParameter(choices.url, 'format') === format}
            onChoose={() => change({ url: writeParameter(choices.url, 'format', format) })}
          />
        ))}
      </div>
    </Section>
  )
}

/** Asks for the formats one after the other, once that is wanted; anew when the request changes. */
function useFormats(wanted: boolean): Readonly<Record<string, Column>> {
  const { choices } = usePlayground()
  const { url, viewer, embeddedFrom } = choices
  const question = JSON.stringify({ url, viewer, embeddedFrom: embeddedFrom || undefined })
  const [columns, setColumns] = useState<Readonly<Record<string, Column>>>({})
  const [done, setDone] = useState('')
  useEffect(() => {
    if (!wanted || done === question) return
    const abort = new AbortController()
    const run = async () => {
      setColumns({})
      for (const format of comparedFormats) {
        const column = await askInFormat(JSON.parse(question), format, abort.signal).then(
          (answer) => ({ answer }),
          (error: unknown) => ({ error: describeError(error) }),
        )
        if (abort.signal.aborted) return
        setColumns((known) => ({ ...known, [format]: column }))
      }
      setDone(question)
    }
    void run()
    return () => abort.abort()
  }, [wanted, question, done])
  return columns
}

function FormatCard({
  format,
  column,
  largest,
  chosen,
  onChoose,
}: {
  format: string
  column: Column
  largest: number
  chosen: boolean
  onChoose: () => void
}) {
  const answer = column && 'answer' in column ? column.answer : undefined
  const refusal = answer && readRefusalOf(answer)
  const facts = answer && readVariantFacts(answer.headers)
  const error = column && 'error' in column ? column.error : refusal && describeRefusal(refusal)
  return (
    <article class="format" data-format={format} aria-busy={!column}>
      <div class={column ? 'format-picture checkerboard' : 'format-picture skeleton'}>
        {answer?.picture && <img src={answer.picture} alt={`The middle, as ${formatFormat(format)}`} />}
        {error && <p class="error">{error}</p>}
      </div>
      <h3>{formatFormat(format)}</h3>
      <p class="format-bytes">{answer && !refusal ? formatBytes(answer.bytes) : '–'}</p>
      <div class="bar" aria-hidden="true">
        <span style={{ width: `${answer && !refusal ? (100 * answer.bytes) / largest : 0}%` }} />
      </div>
      <p class="format-facts">
        {answer && !refusal
          ? [
              facts?.quality ? `quality ${facts.quality}` : 'without loss',
              formatMs(readTiming(answer.headers).totalMs),
            ].join(' · ')
          : column
            ? 'no picture'
            : 'waiting'}
      </p>
      <button type="button" onClick={onChoose} disabled={chosen}>
        {chosen ? 'Chosen' : 'Choose'}
        <span class="hidden"> {formatFormat(format)}</span>
      </button>
    </article>
  )
}
