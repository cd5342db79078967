import { useEffect, useState } from 'preact/hooks'
import { Section } from '../parts/section.tsx'
import { usePlayground } from '../state/playground.ts'
import { type Snippet, writeSnippets } from './write-snippets.ts'

/** Milliseconds for which a button says that it has copied. */
const copiedMs = 2000

/** The request as code, to take along. */
export function SnippetsSection() {
  const { choices, viewers, variant, setup } = usePlayground()
  const viewer = viewers.find(({ id }) => id === choices.viewer)
  const snippets = choices.url
    ? writeSnippets(choices.url, location.origin, viewer, variant, setup.ladder)
    : []
  return (
    <Section title="To take along" text="The same picture from a page, a backend and a terminal.">
      <div class="snippets">
        {snippets.map((snippet) => (
          <SnippetCard key={snippet.title} snippet={snippet} />
        ))}
      </div>
    </Section>
  )
}

function SnippetCard({ snippet: { title, language, text } }: { snippet: Snippet }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no')
  useEffect(() => {
    if (copied === 'no') return
    const timer = setTimeout(() => setCopied('no'), copiedMs)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied('yes'),
      () => setCopied('refused'),
    )
  return (
    <div class="card snippet" data-language={language}>
      <div class="snippet-head">
        <h3>{title}</h3>
        <button type="button" onClick={() => void copy()}>
          <span aria-live="polite">{{ no: 'Copy', yes: 'Copied', refused: 'Not allowed' }[copied]}</span>
          <span class="hidden">: {title}</span>
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer is scrolled by keys */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </div>
  )
}
