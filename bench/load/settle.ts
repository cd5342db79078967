import { setTimeout } from 'node:timers/promises'
import { readStats } from '../hits/client.ts'

/** Milliseconds without a run that ends, after which none is taken to be under way. */
const quietMs = 2000

/** Milliseconds after which it goes on all the same: what is left shows in the next phase's counts. */
const patienceMs = 60_000

/**
 * Waits until the transformer behind the edge at `url` has come to rest. Runs that viewers no longer wait for, after 504, would be
 * counted as those of the next phase.
 */
export async function settle(url: string): Promise<void> {
  const startedAt = performance.now()
  let last = { runs: -1, atMs: startedAt }
  while (performance.now() - startedAt < patienceMs) {
    const { transformerInvocations: runs } = await readStats(url)
    if (runs !== last.runs) last = { runs, atMs: performance.now() }
    else if (performance.now() - last.atMs >= quietMs) return
    await setTimeout(100)
  }
}
