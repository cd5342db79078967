import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Reply } from './answer-class.ts'
import type { Recorder } from './recorder.ts'
import type { WireRequest } from './wire-request.ts'

export type Send = (request: WireRequest) => Promise<Reply>

/** Requests that are sent before the event loop is given a turn, where many are due at once. */
const batch = 64

/**
 * Sends `requests` at their arrivals, whether or not those before are answered: an open loop. Each is timed from when it was due, so
 * that one which a stalled server, a busy connection or this process kept waiting is as late as its viewer saw it. Measured from when
 * they are sent, by a client that waits for answers, those that a stall held back are missing from the figures: "coordinated
 * omission". Source: G. Tene, "How NOT to Measure Latency", and the README of wrk2.
 *
 * @param arrivals milliseconds since the start, ascending. It ends with them, or with the requests, when all are answered.
 */
export async function playOpenLoop(
  arrivals: Iterable<number>,
  requests: Iterator<WireRequest>,
  send: Send,
  recorder: Recorder,
): Promise<void> {
  const startedAt = performance.now()
  const elapsedMs = () => performance.now() - startedAt
  const underWay = new Set<Promise<void>>()
  let sinceTurn = 0
  for (const dueMs of arrivals) {
    const { value: request, done } = requests.next()
    if (done) break
    const earlyMs = dueMs - elapsedMs()
    if (earlyMs > 0) {
      await setTimeout(earlyMs)
      sinceTurn = 0
    } else if (++sinceTurn === batch) {
      await setImmediate()
      sinceTurn = 0
    }
    // A timer may fire a fraction of a millisecond early.
    recorder.offer(dueMs, Math.max(dueMs, elapsedMs()))
    const answered: Promise<void> = send(request).then((reply) => {
      underWay.delete(answered)
      recorder.answer(request, reply, dueMs, elapsedMs())
    })
    underWay.add(answered)
  }
  await Promise.all(underWay)
}

/**
 * Sends `requests` over `connections`, each connection its next when it has its answer, for `seconds`: a closed loop, which finds how
 * much a server can do, and says little of how long viewers wait.
 */
export async function playClosedLoop(
  connections: number,
  seconds: number,
  requests: Iterator<WireRequest>,
  send: Send,
  recorder: Recorder,
): Promise<void> {
  const startedAt = performance.now()
  const elapsedMs = () => performance.now() - startedAt
  const work = async () => {
    while (elapsedMs() < seconds * 1000) {
      const { value: request, done } = requests.next()
      if (done) return
      const sentMs = elapsedMs()
      recorder.offer(sentMs, sentMs)
      recorder.answer(request, await send(request), sentMs, elapsedMs())
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
}
