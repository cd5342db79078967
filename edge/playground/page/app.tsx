import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import type { AskAnswer, AskRequest, OriginalEntry, Setup, ViewerEntry } from '../api.ts'
import { AccessSection } from './access/access-section.tsx'
import { ControlsPanel } from './controls/controls-panel.tsx'
import { DecisionSection } from './decision/decision-section.tsx'
import { LiveSection } from './live/live-section.tsx'
import { chooseFirst } from './originals/choose-first.ts'
import { OriginalsPanel } from './originals/originals-panel.tsx'
import { Announcer } from './parts/announcer.tsx'
import { callApi } from './request/call-api.ts'
import { readRefusalOf, readVariantFacts } from './request/read-answer.ts'
import { RequestBar } from './request/request-bar.tsx'
import { SnippetsSection } from './snippets/snippets-section.tsx'
import { FiguresRow } from './stage/figures-row.tsx'
import { FormatsSection } from './stage/formats-section.tsx'
import { Stage } from './stage/stage.tsx'
import { PlaygroundContext } from './state/playground.ts'
import { useChoices } from './state/use-choices.ts'
import { useLatest } from './state/use-latest.ts'
import { ThemeChoice } from './theme.tsx'

/** What the page has to know before it can be used. */
interface Knowledge {
  setup: Setup
  viewers: readonly ViewerEntry[]
  originals: readonly OriginalEntry[]
}

async function learn(signal?: AbortSignal): Promise<Knowledge> {
  const [setup, viewers, originals] = await Promise.all([
    callApi<Setup>('setup', undefined, signal),
    callApi<ViewerEntry[]>('viewers', undefined, signal),
    callApi<OriginalEntry[]>('originals', undefined, signal),
  ])
  return { setup, viewers, originals }
}

/** The whole page. */
export function App() {
  const known = useLatest('knowledge', (_question, signal) => learn(signal))
  return (
    <>
      <button type="button" class="skip" onClick={skipToRequest}>
        Skip to the picture
      </button>
      <header class="page-head">
        <h1>
          Fovea <span>playground</span>
        </h1>
        <ThemeChoice />
      </header>
      {known.value ? (
        <Workbench knowledge={known.value} />
      ) : (
        <main class="page-wait">
          {known.error === undefined ? (
            <p>Asking the local edge …</p>
          ) : (
            <p role="alert" class="error">
              {known.error}
            </p>
          )}
        </main>
      )}
    </>
  )
}

/** A button, not a link: the fragment of the address is where the state of the page is. */
function skipToRequest(): void {
  document.getElementById('request-url')?.focus()
}

/** Milliseconds without another change before the edge is asked. */
const askDelayMs = 150

function Workbench({ knowledge }: { knowledge: Knowledge }) {
  const [choices, change] = useChoices()
  const [originals, setOriginals] = useState(knowledge.originals)
  const [again, setAgain] = useState(0)
  const reloadOriginals = useCallback(
    async () => setOriginals(await callApi<OriginalEntry[]>('originals')),
    [],
  )
  const { url, viewer, embeddedFrom } = choices
  const request: AskRequest = { url, viewer, embeddedFrom: embeddedFrom || undefined }
  const answer = useLatest<AskAnswer>(
    url === '' ? undefined : JSON.stringify([request, again]),
    (_question, signal) => callApi('ask', request, signal),
    askDelayMs,
  )
  const isEmpty = originals.length === 0
  // Not when the URL is emptied: who types another begins with none.
  useEffect(() => {
    const first = chooseFirst(originals, knowledge.setup)
    if (url === '' && first !== undefined) change({ url: first })
  }, [isEmpty])
  const playground = {
    ...knowledge,
    originals,
    choices,
    change,
    reloadOriginals,
    answer,
    refusal: answer.value && readRefusalOf(answer.value),
    variant: answer.value && readVariantFacts(answer.value.headers),
    askAgain: useCallback(() => setAgain((count) => count + 1), []),
  }
  // Made once: what does not look at the context is not drawn again when it changes.
  const parts = useMemo(
    () => (
      <div class="workbench">
        <OriginalsPanel />
        <main class="request" id="request">
          <RequestBar />
          <FiguresRow />
          <Stage />
        </main>
        <ControlsPanel />
        <div class="sections">
          <DecisionSection />
          <FormatsSection />
          <AccessSection />
          <LiveSection />
          <SnippetsSection />
        </div>
      </div>
    ),
    [],
  )
  return (
    <PlaygroundContext.Provider value={playground}>
      {parts}
      <Announcer />
    </PlaygroundContext.Provider>
  )
}
