import { useEffect, useState } from 'preact/hooks'
import type { LiveSample } from '../../api.ts'
import { apiAddress } from '../request/call-api.ts'

/** Samples of five minutes, one a second. */
const maxSamples = 300

/** The edge's counts over the last minutes, as they come, and whether they still come. */
export function useLive(): { samples: readonly LiveSample[]; connected: boolean } {
  const [samples, setSamples] = useState<readonly LiveSample[]>([])
  const [connected, setConnected] = useState(true)
  useEffect(() => {
    const events = new EventSource(apiAddress('live'))
    let arrived: LiveSample[] = []
    let frame = 0
    const show = () => {
      frame = 0
      const fresh = arrived
      arrived = []
      setSamples((known) => [...known, ...fresh].slice(-maxSamples))
    }
    events.onmessage = ({ data }) => {
      arrived.push(JSON.parse(data))
      // The first message brings minutes at once: they are drawn once.
      frame ||= requestAnimationFrame(show)
      setConnected(true)
    }
    events.onerror = () => setConnected(false)
    return () => {
      events.close()
      cancelAnimationFrame(frame)
    }
  }, [])
  return { samples, connected }
}
