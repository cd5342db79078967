import { usePlayground } from '../state/playground.ts'

/** The URL of the request, to be read and typed, and whom it is asked as. */
export function RequestBar() {
  const { choices, change, viewers, refusal, askAgain, answer } = usePlayground()
  const unplaced = refusal !== undefined && refusal.parameter === ''
  return (
    <form
      class="request-bar"
      onSubmit={(event) => {
        event.preventDefault()
        askAgain()
      }}
    >
      <div class="request-url">
        <label for="request-url">URL</label>
        <input
          id="request-url"
          type="text"
          inputMode="url"
          value={choices.url}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-invalid={unplaced || undefined}
          onInput={(event) => change({ url: event.currentTarget.value })}
        />
      </div>
      <div class="request-viewer">
        <label for="request-viewer">Asked as</label>
        <select
          id="request-viewer"
          value={choices.viewer}
          onChange={(event) => change({ viewer: event.currentTarget.value })}
        >
          {viewers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="primary" disabled={answer.pending || choices.url === ''}>
        Ask again
      </button>
      {choices.embeddedFrom && (
        <p class="request-embedded">
          As if a page of <b>{choices.embeddedFrom}</b> showed it.{' '}
          <button type="button" class="quiet" onClick={() => change({ embeddedFrom: '' })}>
            Stop
          </button>
        </p>
      )}
    </form>
  )
}
