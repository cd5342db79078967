import { useEffect, useState } from 'preact/hooks'
import { describeRefusal, nameRefusal } from '../request/describe-refusal.ts'
import { usePlayground } from '../state/playground.ts'
import { formatBytes, formatFormat } from './figures.ts'

/** Milliseconds of calm before something is said: who moves a slider hears its values, not each picture. */
const calmMs = 1000

/** Tells who does not see the picture what came of the request. The one live region for it. */
export function Announcer() {
  const { answer, refusal } = usePlayground()
  const [said, setSaid] = useState('')
  const { value, pending } = answer
  const text = !value
    ? (answer.error ?? '')
    : refusal
      ? `${nameRefusal(refusal)}. ${describeRefusal(refusal)}`
      : `Result: ${formatFormat(value.headers['content-type'] ?? '')}, ${formatBytes(value.bytes)}.`
  useEffect(() => {
    if (pending) return
    const timer = setTimeout(() => setSaid(text), calmMs)
    return () => clearTimeout(timer)
  }, [text, pending])
  return (
    <p class="hidden" role="status">
      {said}
    </p>
  )
}
