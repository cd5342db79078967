import type { Answer } from '../ask.ts'

/** What passes by itself: too many runs of the Lambda at a time, or our own trouble. Other errors are the same again. */
const passing: readonly number[] = [429, 503]

/** Milliseconds before the first retry; each further one waits twice as long. Lambda starts new sandboxes within seconds. */
const firstPauseMs = 1000

/** Milliseconds at most, whatever `Retry-After` says. */
const longestPauseMs = 60_000

export function isPassing({ status }: Answer): boolean {
  return passing.includes(status)
}

/** Milliseconds to wait before asking again, the `attempt`-th time (from 1); a throttled Lambda says nothing of it. */
export function planPause(attempt: number, answer: Answer | undefined, nowMs: number): number {
  const asked = readRetryAfter(answer?.headers['retry-after'], nowMs)
  return Math.min(longestPauseMs, asked ?? firstPauseMs * 2 ** (attempt - 1))
}

/** Seconds, or a date. Source: RFC 9110, 10.2.3. */
function readRetryAfter(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}
