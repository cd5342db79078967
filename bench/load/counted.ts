import { readStats } from '../hits/client.ts'
import type { Server } from '../server.ts'
import type { TraceRequest } from '../trace/request.ts'
import { decideTraced, signingKey } from '../trace/site.ts'
import { playTrace } from '../trace/trace.ts'
import type { Send } from './play.ts'
import type { Played } from './recorder.ts'
import { type Manner, runPhase } from './run.ts'
import { settle } from './settle.ts'
import { formatWireRequests } from './wire-request.ts'

/** Requests of originals that nobody had asked for, and what they caused. */
export interface CountedRun extends Played {
  newOriginals: number
  /** Variants that were asked for: canonical URLs, by the grammar. */
  variants: number
  /** Runs of the transformer that they caused. */
  invocations: number
  /** Requests that waited for the fetch of another. */
  collapsed: number
}

/** What is asked for. */
export interface NewPictures {
  /** The first of their numbers. */
  from: number
  count: number
  seed: number
}

/** Plays pictures of new originals, with all that comes with them but missing keys, and counts what it caused in `edge`. */
export async function runCounted(
  name: string,
  edge: Server,
  { from, count, seed }: NewPictures,
  manner: Manner,
  send: Send,
): Promise<CountedRun> {
  const startMs = Date.now()
  const trace = [
    ...playTrace({
      requests: Math.min(manner.maxRequests, Math.ceil(manner.requestsPerSecond * manner.seconds)),
      originals: from,
      newOriginals: count,
      sale: 1,
      seconds: manner.seconds,
      seed,
      startMs,
      signingKey,
    }),
  ].filter(({ intent }) => intent !== 'missing')
  await settle(edge.url)
  const before = await readStats(edge.url)
  const played = await runPhase(name, formatWireRequests(trace), manner, send)
  const after = await readStats(edge.url)
  return {
    ...played,
    newOriginals: count,
    variants: countVariants(trace, startMs),
    invocations: after.transformerInvocations - before.transformerInvocations,
    collapsed: after.collapsed - before.collapsed,
  }
}

/** How many variants `trace` asks for and may have. */
function countVariants(trace: readonly TraceRequest[], startMs: number): number {
  const urls = trace.map((request) => decideTraced(request, startMs))
  return new Set(urls.flatMap(({ refusal, url }) => (refusal || !url ? [] : [`${url.path}?${url.query}`])))
    .size
}
