import type { AskAnswer } from '../../api.ts'
import { drawPlaceholder } from '../parts/draw-placeholder.ts'

/** An answer that is no picture: what is known of the original, or its placeholder. */
export function Textual({ answer }: { answer: AskAnswer }) {
  const text = answer.text ?? ''
  const { location } = answer.headers
  if (location) {
    return (
      <div class="stage-message">
        <h3>Sent elsewhere</h3>
        <p>
          {answer.status}, to <code>{location}</code>
        </p>
      </div>
    )
  }
  const picture = readPlaceholder(text)
  return (
    <div class="stage-message stage-textual">
      {picture && <img src={picture} alt="The placeholder, drawn" />}
      {text ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer is scrolled by keys
        <pre tabIndex={0}>{indent(text)}</pre>
      ) : (
        <p>The answer has no body that can be shown.</p>
      )}
    </div>
  )
}

function indent(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

function readPlaceholder(text: string): string | undefined {
  try {
    const hash = text.startsWith('{') ? (JSON.parse(text) as { thumbhash?: string }).thumbhash : text.trim()
    return hash && drawPlaceholder(hash)
  } catch {
    return undefined
  }
}
