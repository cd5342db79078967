import { setTimeout } from 'node:timers/promises'
import type { Send } from './play.ts'
import type { WireRequest } from './wire-request.ts'

/** What became of the refused when the load was gone. */
export interface Recovery {
  /** Refused variants that were asked for again, one after the other, and those that came. */
  asked: number
  came: number
  /** 429s before they came. */
  refusedAgain: number
  /** Milliseconds from the end of the load to the first that came. */
  firstMs: number
  /** Overdue variants that were asked for again, and those that were made anew. */
  overdue: number
  renewed: number
}

/** Variants that are asked for again at most: what holds for these holds for all. */
const sample = 25

/** Milliseconds in which what is well again answers. */
const patienceMs = 10_000

/** An answer that is younger has been made since the overload. */
const freshSeconds = 86_400

/** Asks again for what was refused, and for what was overdue, as viewers who reload do. */
export async function waitForRecovery(
  refused: readonly WireRequest[],
  overdue: readonly WireRequest[],
  send: Send,
): Promise<Recovery> {
  const startedAt = performance.now()
  const asked = refused.slice(-sample)
  const recovery = {
    asked: asked.length,
    came: 0,
    refusedAgain: 0,
    firstMs: 0,
    overdue: overdue.length,
    renewed: 0,
  }
  for (const request of asked) {
    const came = await retry(async () => {
      const { status } = await send(request)
      if (status === 429) recovery.refusedAgain++
      return status === 200
    })
    if (came && recovery.came++ === 0) recovery.firstMs = performance.now() - startedAt
  }
  for (const request of overdue) {
    const renewed = await retry(async () => {
      const { status, ageSeconds } = await send(request)
      return status === 200 && ageSeconds < freshSeconds
    })
    if (renewed) recovery.renewed++
  }
  return recovery
}

async function retry(attempt: () => Promise<boolean>): Promise<boolean> {
  const startedAt = performance.now()
  while (performance.now() - startedAt < patienceMs) {
    if (await attempt()) return true
    await setTimeout(50)
  }
  return false
}
