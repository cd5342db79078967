import {
  type AnswerClass,
  answerClasses,
  classifyReply,
  expectedStatuses,
  type Reply,
} from './answer-class.ts'
import { createLatencyRecorder, type Latencies } from './latencies.ts'
import type { WireRequest } from './wire-request.ts'

/** A second of a run. */
export interface Second {
  /** Requests that were due, and answers that came. */
  offered: number
  served: number
  /** Of those answers, by their kind. */
  hits: number
  misses: number
  /** Of those answers; 0 without any. */
  p99Ms: number
}

/** What a run of requests came to. */
export interface Played {
  /** From the first arrival to the last answer. */
  seconds: number
  offered: number
  /** Answers that are no errors. */
  served: number
  offeredPerSecond: number
  servedPerSecond: number
  /** Of hits and misses; 0 without either. */
  hitRatio: number
  /** Times from when a request was due to the last byte of its answer, of those kinds that came. */
  classes: Partial<Record<AnswerClass, Latencies>>
  /** How long after it was due a request was handed to the sender: the generator's own lateness, part of the times above. */
  lateness: Latencies
  /** Answers whose status is not what their intent is owed: `picture 500`. */
  unexpected: Record<string, number>
  /** By reason, requests that had no answer. */
  failures: Record<string, number>
  bytes: number
  timeline: Second[]
}

/** Counts and times requests as they are played. All instants are milliseconds since the first arrival. */
export interface Recorder {
  offer(dueMs: number, sentMs: number): void
  answer(request: WireRequest, reply: Reply, dueMs: number, doneMs: number): void
  /** The current second so far, and all so far. */
  peek(): { offered: number; served: number; hitRatio: number; p99Ms: number }
  read(): Played
}

export function createRecorder(): Recorder {
  const names = Object.keys(answerClasses) as AnswerClass[]
  const recorders = new Map(names.map((name) => [name, createLatencyRecorder()]))
  const lateness = createLatencyRecorder()
  const ofSecond = createLatencyRecorder()
  const unexpected: Record<string, number> = {}
  const failures: Record<string, number> = {}
  const timeline: Second[] = []
  let [bytes, lastMs, lastDueMs, offered, currentSecond] = [0, 0, 0, 0, 0]

  const count = (name: AnswerClass) => recorders.get(name)?.read().count ?? 0

  /** The second that `atMs` is in; those before it that had nothing are there too. */
  function secondAt(atMs: number): Second {
    const second = Math.max(0, Math.floor(atMs / 1000))
    while (timeline.length <= second) timeline.push({ offered: 0, served: 0, hits: 0, misses: 0, p99Ms: 0 })
    return timeline[second] as Second
  }

  /** Percentiles take long enough not to be read at every answer. */
  function closeSecond(): void {
    secondAt(currentSecond * 1000).p99Ms = ofSecond.read().p99Ms
    ofSecond.reset()
  }

  function readHitRatio(): number {
    const [hits, misses] = [count('hit'), count('miss')]
    return hits + misses === 0 ? 0 : hits / (hits + misses)
  }

  return {
    offer(dueMs, sentMs) {
      offered++
      lastDueMs = dueMs
      secondAt(dueMs).offered++
      lateness.add(sentMs - dueMs)
    },
    answer({ intent }, reply, dueMs, doneMs) {
      const name = classifyReply(reply)
      recorders.get(name)?.add(doneMs - dueMs)
      lastMs = Math.max(lastMs, doneMs)
      bytes += reply.bytes
      const second = secondAt(doneMs)
      if (Math.floor(doneMs / 1000) !== currentSecond) {
        closeSecond()
        currentSecond = Math.floor(doneMs / 1000)
      }
      ofSecond.add(doneMs - dueMs)
      if (name !== 'error') second.served++
      if (name === 'hit') second.hits++
      if (name === 'miss') second.misses++
      if (reply.failure !== undefined) failures[reply.failure] = (failures[reply.failure] ?? 0) + 1
      else if (!expectedStatuses[intent].includes(reply.status)) {
        const what = `${intent} ${reply.status}`
        unexpected[what] = (unexpected[what] ?? 0) + 1
      }
    },
    peek() {
      const { offered: now = 0, served = 0 } = timeline.at(-1) ?? {}
      return { offered: now, served, hitRatio: readHitRatio(), p99Ms: ofSecond.read().p99Ms }
    },
    read() {
      const served = names.reduce((sum, name) => sum + (name === 'error' ? 0 : count(name)), 0)
      const seconds = lastMs / 1000
      if (ofSecond.read().count > 0) closeSecond()
      return {
        seconds,
        offered,
        served,
        // Between the first and the last: so many gaps there are.
        offeredPerSecond: lastDueMs > 0 ? ((offered - 1) / lastDueMs) * 1000 : 0,
        servedPerSecond: seconds > 0 ? served / seconds : 0,
        hitRatio: readHitRatio(),
        classes: Object.fromEntries(
          names.filter((name) => count(name) > 0).map((name) => [name, recorders.get(name)?.read()]),
        ),
        lateness: lateness.read(),
        unexpected,
        failures,
        bytes,
        timeline,
      }
    },
  }
}
