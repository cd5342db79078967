import { useState } from 'preact/hooks'
import type { BurstAnswer } from '../../api.ts'
import { formatCount, formatMs, formatPlural } from '../parts/figures.ts'
import { callApi } from '../request/call-api.ts'
import { readKey } from '../request/request-url.ts'
import { usePlayground } from '../state/playground.ts'
import { describeError } from '../state/use-latest.ts'

/** Has many viewers ask at once for what nobody has asked for, and tells what came of it. */
export function Burst() {
  const { choices } = usePlayground()
  const [requests, setRequests] = useState(300)
  const [variants, setVariants] = useState(4)
  const [state, setState] = useState<{ running: boolean; text?: string; failed?: boolean }>({
    running: false,
  })
  const key = readKey(choices.url)
  const send = async () => {
    setState({ running: true })
    try {
      setState({
        running: false,
        text: describeBurst(await callApi<BurstAnswer>('burst', { key, requests, variants })),
      })
    } catch (error) {
      setState({ running: false, text: describeError(error), failed: true })
    }
  }
  return (
    <form
      class="burst"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div class="field">
        <label for="burst-requests">Requests</label>
        <input
          id="burst-requests"
          type="number"
          min={1}
          max={500}
          value={requests}
          onInput={(event) => setRequests(event.currentTarget.valueAsNumber)}
        />
      </div>
      <div class="field">
        <label for="burst-variants">Variants</label>
        <input
          id="burst-variants"
          type="number"
          min={1}
          max={11}
          value={variants}
          onInput={(event) => setVariants(event.currentTarget.valueAsNumber)}
        />
      </div>
      <button type="submit" class="primary" disabled={state.running || key === ''}>
        {state.running ? 'Sending …' : 'Send a burst'}
      </button>
      <p role="status" class={state.failed ? 'burst-result error' : 'burst-result'}>
        {state.text ?? (state.running ? 'All viewers ask at once.' : '')}
      </p>
    </form>
  )
}

/** What came of a burst, in words. */
export function describeBurst(burst: BurstAnswer): string {
  const { requests, variants, transformerInvocations, collapsed, hits, errors, ms, p50Ms, p99Ms } = burst
  return [
    `${formatCount(requests)} viewers asked for ${formatPlural(variants, 'variant')} at once: `,
    `the transformer ran ${formatPlural(transformerInvocations, 'time')}, `,
    `${formatCount(collapsed)} waited for a run that had begun, ${formatCount(hits)} came from the cache`,
    errors > 0 ? `, ${formatPlural(errors, 'failed', 'failed')}. ` : '. ',
    `${formatMs(ms)} in all, half within ${formatMs(p50Ms)}, 99 % within ${formatMs(p99Ms)}.`,
  ].join('')
}
