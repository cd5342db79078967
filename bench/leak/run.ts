import { bundleScript } from '../bundle.ts'
import { type Child, startChild } from '../child.ts'
import { type BuiltTransformer, buildDeployment } from '../deployment.ts'
import { startOriginals } from '../originals.ts'
import type { LeakCall, LeakReply, Memory } from './leak-process.ts'
import { prepareOriginals } from './originals.ts'
import { type LeakRequest, listRound } from './requests.ts'
import { findLeast, measureGrowth } from './windows.ts'

/** Everything a run measured. */
export interface LeakFigures {
  /** Of each round. */
  windows: readonly Memory[]
  /** Rounds before the first that counts. */
  warmUp: number
  /** How often each status was answered. */
  statuses: Readonly<Record<string, number>>
  /** Shares by which memory grew in the rounds that count. */
  growth: Readonly<Record<keyof Memory, number>>
}

/** Rounds before the first that counts: half. The first thousand requests still find new gaps between what malloc holds. */
const warmUpShare = 0.5

/**
 * Asks `rounds` rounds of requests of one process.
 *
 * @throws Error where an answer is not the one that is expected.
 */
export async function measureLeak(rounds: number): Promise<LeakFigures> {
  const { transformer } = await buildDeployment()
  const originals = await startOriginals(await prepareOriginals())
  const child = await startTransformer(transformer, originals.environment)
  const etags = new Map<string, string>()
  const statuses: Record<string, number> = {}
  const windows: Memory[] = []
  const warmUp = Math.ceil(rounds * warmUpShare)
  try {
    for (let round = 0; round < rounds; round++) {
      const memories: Memory[] = []
      // A renderer that is killed starts anew: after the warm-up one lives long enough to grow.
      for (const request of listRound(round, round < warmUp)) {
        const { status, memory } = await call(child, request, etags)
        statuses[status] = (statuses[status] ?? 0) + 1
        memories.push(memory)
      }
      windows.push(findLeast(memories))
    }
  } finally {
    child.stop()
    originals.stop()
  }
  const grow = (name: keyof Memory, from = warmUp) =>
    measureGrowth(windows.slice(from).map((memory) => memory[name]))
  // The first round that counts begins without one.
  const renderer = grow('renderer', warmUp + 1)
  const growth = { resident: grow('resident'), renderer, heap: grow('heap'), external: grow('external') }
  return { windows, warmUp, statuses, growth }
}

async function startTransformer(
  { file, environment, execArgv }: BuiltTransformer,
  more: Readonly<Record<string, string>>,
): Promise<Child<LeakCall, LeakReply>> {
  const script = await bundleScript(new URL('leak-process.ts', import.meta.url))
  return startChild(script, { environment: { ...environment, ...more }, args: [file], execArgv })
}

async function call(
  child: Child<LeakCall, LeakReply>,
  { event, status, again, remainingMs = 60_000 }: LeakRequest,
  etags: Map<string, string>,
): Promise<LeakReply> {
  const url = JSON.stringify(event)
  const known = again && etags.get(url)
  const asked = known ? { ...event, headers: { 'if-none-match': known } } : event
  const reply = await child.ask({ event: asked, remainingMs })
  const expected = known ? 304 : status
  if (reply.status !== expected) throw new Error(`${url}: expected ${expected} but received ${reply.status}`)
  if (again) etags.set(url, reply.etag)
  return reply
}
