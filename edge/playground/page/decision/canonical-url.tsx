import { useState } from 'preact/hooks'
import type { Explanation } from '../../../../signer/cli/explain-url.ts'
import { describeOrigin, type Fate, fateOf, fates } from './describe-origin.ts'

interface Part {
  name: string
  text: string
  fate: Fate
  explanation: string
}

/** The canonical URL, and what was left out of it, each part with its reason for who points at it or goes there by Tab. */
export function CanonicalUrl({ explanation }: { explanation: Explanation }) {
  const [at, setAt] = useState<string>()
  const parts = listParts(explanation)
  const shown = parts.find(({ name }) => name === at)
  const written = parts.filter(({ fate }) => fate !== 'dropped')
  const dropped = parts.filter(({ fate }) => fate === 'dropped')
  const token = (part: Part, before: string) => (
    <span key={part.name} class="token-place">
      {before}
      <button
        type="button"
        class={`token token-${part.fate}`}
        aria-describedby={at === part.name ? 'token-explanation' : undefined}
        aria-pressed={at === part.name}
        onMouseEnter={() => setAt(part.name)}
        onFocus={() => setAt(part.name)}
        onClick={() => setAt(part.name)}
      >
        {part.text}
      </button>
    </span>
  )
  return (
    <div class="canonical">
      <p class="canonical-url">
        {written.map((part, index) => token(part, index === 0 ? '' : index === 1 ? '?' : '&'))}
      </p>
      {dropped.length > 0 && (
        <p class="canonical-dropped">
          <span>Left out</span> {dropped.map((part) => token(part, ' '))}
        </p>
      )}
      <p class="token-explanation" id="token-explanation">
        {shown ? (
          <>
            <b>{shown.text}</b> {shown.explanation}
          </>
        ) : (
          'Point at a part, or go there by Tab, to see where it comes from.'
        )}
      </p>
      <ul class="legend">
        {Object.entries(fates).map(([fate, text]) => (
          <li key={fate} class={`legend-${fate}`}>
            {text}
          </li>
        ))}
      </ul>
    </div>
  )
}

function listParts({ canonical = '', parameters }: Explanation): Part[] {
  const [path = '', query = ''] = canonical.split('?')
  const pieces = query.split('&').filter((piece) => piece !== '')
  const written = pieces.map((piece): Part => {
    const name = piece.split('=')[0] ?? ''
    const origin = parameters.find((each) => each.name === name)
    if (!origin) return { name, text: piece, fate: 'added', explanation: revision }
    const sent = origin.sent === undefined || origin.sent === piece ? '' : `${origin.sent} was asked: `
    return { name, text: piece, fate: fateOf(origin), explanation: `${sent}${describeOrigin(origin)}` }
  })
  const dropped = parameters
    .filter((origin) => origin.sent !== undefined && fateOf(origin) === 'dropped')
    .map((origin): Part => {
      const text = origin.sent ?? origin.name
      return { name: `dropped ${origin.name}`, text, fate: 'dropped', explanation: describeOrigin(origin) }
    })
  const place: Part = { name: 'path', text: path, fate: 'given', explanation: 'which original: its key' }
  return [place, ...written, ...dropped]
}

const revision = 'the revision of the encoders: raised when the same URL should give other bytes'
