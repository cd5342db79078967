import { useEffect, useState } from 'preact/hooks'
import { usePlayground } from '../state/playground.ts'

/** A site that surely is none of one's own. */
const stranger = 'other-site.example'

/** Asks as if a page of another site embedded the picture. */
export function Hotlink() {
  const { choices, change, setup, refusal, answer } = usePlayground()
  const [host, setHost] = useState(choices.embeddedFrom || stranger)
  useEffect(() => {
    if (choices.embeddedFrom) setHost(choices.embeddedFrom)
  }, [choices.embeddedFrom])
  const { allowedHosts } = setup
  return (
    <form
      class="card"
      data-part="hotlink"
      onSubmit={(event) => {
        event.preventDefault()
        change({ embeddedFrom: host.trim() })
      }}
    >
      <h3>Embedded elsewhere</h3>
      <p>
        {allowedHosts.length > 0 ? (
          <>
            Pages of these hosts may show the pictures: <code>{allowedHosts.join(', ')}</code>.
          </>
        ) : (
          <>
            Every site may show these pictures. <code>hotlinks</code> in <code>fovea.config.ts</code> names
            those that may.
          </>
        )}
      </p>
      <div class="field">
        <label for="embedding-host">As if a page of this host showed it</label>
        <input
          id="embedding-host"
          type="text"
          value={host}
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => setHost(event.currentTarget.value)}
        />
      </div>
      <p class={refusal?.code === 'hotlink' ? 'verdict verdict-refused' : 'verdict verdict-served'}>
        <b>{describeVerdict(choices.embeddedFrom, refusal?.code, answer.value?.status)}</b>
      </p>
      <div class="buttons">
        <button type="submit" class="primary" disabled={host.trim() === ''}>
          Ask from there
        </button>
        <button type="button" disabled={!choices.embeddedFrom} onClick={() => change({ embeddedFrom: '' })}>
          Ask from here
        </button>
      </div>
    </form>
  )
}

function describeVerdict(embeddedFrom: string, code: string | undefined, status: number | undefined): string {
  if (!embeddedFrom) return 'No page embeds it now.'
  if (code === 'hotlink') return `Refused: ${embeddedFrom} may not show it.`
  if (status === 302) return `${embeddedFrom} is sent to the placeholder instead.`
  return code ? 'Refused for another reason.' : `Served to ${embeddedFrom}.`
}
