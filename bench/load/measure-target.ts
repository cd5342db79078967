import { readStats } from '../hits/client.ts'
import { countArrivals } from './arrivals.ts'
import type { LoadFigures } from './figures.ts'
import { type Manner, openConnections, runPhase } from './run.ts'
import { createSender } from './sender.ts'
import { playSource, type Source } from './source.ts'
import type { Target } from './target.ts'

/** Plays the trace against a deployment or an edge that runs already. It neither builds, starts nor empties anything. */
export async function measureTarget(
  target: Target,
  source: Source,
  manner: Manner,
  seed: number,
): Promise<LoadFigures> {
  const sender = createSender(target, manner.connections ?? openConnections)
  try {
    // In a closed loop the number is not known before: as many as are allowed.
    const requests = manner.connections === undefined ? countArrivals(manner) : manner.maxRequests
    const trace = playSource(source, requests, manner.seconds, seed)
    const before = await readInvocations(target)
    const played = await runPhase('trace', trace, manner, sender.send)
    const after = await readInvocations(target)
    const invocations = before === undefined || after === undefined ? undefined : after - before
    return {
      target: target.url.origin,
      connections: manner.connections,
      trace: { ...played, invocations },
    }
  } finally {
    sender.close()
  }
}

/** What a local edge tells of itself. A deployment has CloudWatch for that. */
async function readInvocations({ url, local }: Target): Promise<number | undefined> {
  if (!local) return undefined
  const stats = await readStats(url.origin).catch(() => undefined)
  return stats?.transformerInvocations
}
