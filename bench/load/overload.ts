import { setTimeout } from 'node:timers/promises'
import type { Server } from '../server.ts'
import { writePath } from '../trace/signing.ts'
import { traceKey } from '../trace/site.ts'
import type { Reply } from './answer-class.ts'
import type { Send } from './play.ts'
import type { Played } from './recorder.ts'
import { type Recovery, waitForRecovery } from './recovery.ts'
import { type Manner, runPhase } from './run.ts'
import type { WireRequest } from './wire-request.ts'

/** What viewers got while the Lambda was asked for more than it may run, and afterwards. */
export interface OverloadFigures extends Played {
  /** Runs of the Lambda at a time. */
  concurrency: number
  /** Of variants that nobody had asked for: made, 429 as AWS words it, anything else. */
  fresh: { requests: number; made: number; throttled: number; other: number }
  /** Of variants that were overdue: served all the same, anything else. */
  stale: { requests: number; served: number; other: number }
  recovery: Recovery
}

/** Beyond what an answer is fresh for, 30 days (`transformer/answer.ts`), within the day in which it is served while it is made anew. */
const overdueSeconds = 30 * 86_400 + 3600

/** Overdue variants. Few, so that they are asked for again and again while they are made anew. */
const staleCount = 12

/** Of three requests, so many are of overdue variants. */
const staleShare = 1 / 3

/**
 * Asks `edge`, whose Lambda may run `concurrency` times at a time, for more new variants than it can make, and for some that are
 * overdue; then, with the load gone and nothing restarted, for what was refused.
 *
 * @param originals so many, numbered from 0.
 */
export async function measureOverload(
  edge: Server,
  concurrency: number,
  originals: number,
  manner: Manner,
  send: Send,
): Promise<OverloadFigures> {
  const overdue = Array.from({ length: staleCount }, (_each, at) =>
    ask(at % originals, `width=${320 + 160 * Math.floor(at / originals)}&format=jpeg`),
  )
  await fill(overdue, send)
  edge.tell({ advanceSeconds: overdueSeconds })
  await waitForClock(overdue[0] as WireRequest, send)
  const fresh = { requests: 0, made: 0, throttled: 0, other: 0 }
  const stale = { requests: 0, served: 0, other: 0 }
  const refused: WireRequest[] = []
  const played = await runPhase('overload', mix(overdue, listFresh(originals)), manner, async (request) => {
    const reply = await send(request)
    if (overdue.includes(request)) {
      stale.requests++
      stale[reply.status === 200 ? 'served' : 'other']++
    } else {
      fresh.requests++
      const outcome = reply.status === 200 ? 'made' : isThrottledAsOnAws(reply) ? 'throttled' : 'other'
      fresh[outcome]++
      if (outcome === 'throttled') refused.push(request)
    }
    return reply
  })
  return { ...played, concurrency, fresh, stale, recovery: await waitForRecovery(refused, overdue, send) }
}

/** Whether this is what a Function URL answers beyond the concurrency, through CloudFront. Source: edge/README.md, "concurrency". */
function isThrottledAsOnAws({ status, text = '', xCache }: Reply): boolean {
  return (
    status === 429 && text.includes('"Reason":"ConcurrentInvocationLimitExceeded"') && /^Error\b/.test(xCache)
  )
}

function ask(original: number, query: string): WireRequest {
  return {
    target: `${writePath(traceKey(original))}?${query}`,
    headers: { accept: 'image/avif,image/webp,*/*;q=0.8', referer: 'https://www.shop.example/' },
    intent: 'picture',
  }
}

/** Variants that take long to make, each another: AVIF of many crops and sizes. */
function* listFresh(originals: number): Generator<WireRequest> {
  for (const width of [800, 640, 480, 960, 1280, 1600]) {
    for (const aspect of ['1-1', '4-3', '3-4', '3-2', '2-3', '16-9', '9-16']) {
      for (let original = 0; original < originals; original++) {
        yield ask(original, `width=${width}&aspect=${aspect}&format=avif`)
      }
    }
  }
}

function* mix(stale: readonly WireRequest[], fresh: Iterator<WireRequest>): Generator<WireRequest> {
  for (let at = 0; ; at++) {
    if (at % Math.round(1 / staleShare) === 0) yield stale[(at * staleShare) % stale.length] as WireRequest
    else {
      const next = fresh.next()
      if (next.done) return
      yield next.value
    }
  }
}

async function fill(requests: readonly WireRequest[], send: Send): Promise<void> {
  for (const request of requests) {
    const { status, failure } = await send(request)
    if (status !== 200) throw new Error(`${request.target}: expected 200 but received ${failure ?? status}`)
  }
}

/** The clock of another process goes on when its message has arrived. */
async function waitForClock(request: WireRequest, send: Send): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((await send(request)).ageSeconds >= overdueSeconds) return
    await setTimeout(20)
  }
  throw new Error(
    `expected an answer older than ${overdueSeconds} s but received none: the edge's clock stands still`,
  )
}
