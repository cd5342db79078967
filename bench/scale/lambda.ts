import type { World } from './world.ts'

/** A Lambda function as its quotas let it run. Instants are milliseconds; they never go back. */
export interface LambdaModel {
  /** When a run that is asked for at `atMs` and takes `runMs` ends; undefined where it is throttled. */
  run(atMs: number, runMs: number): number | undefined
  /** The most runs at a time so far. */
  peak(): number
  /** Runs that were not throttled. */
  runs(): number
}

/**
 * A function whose environments are all cold. A run takes an idle environment; without one it starts another, as far as
 * concurrency and the rate of starts allow; else it is throttled. Idle environments stay: the simulated time is short.
 */
export function createLambdaModel({
  concurrency,
  startsPerSecond,
  startsAtOnce,
  coldStartMs,
}: World['lambda']): LambdaModel {
  const ends = createHeap()
  let [environments, peak, runs, tokens, filledAtMs] = [0, 0, 0, startsAtOnce, 0]
  return {
    peak: () => peak,
    runs: () => runs,
    run(atMs, runMs) {
      while (ends.size() > 0 && ends.least() <= atMs) ends.pop()
      tokens = Math.min(startsAtOnce, tokens + ((atMs - filledAtMs) / 1000) * startsPerSecond)
      filledAtMs = atMs
      const busy = ends.size()
      const cold = busy >= environments
      if (cold && (busy >= concurrency || tokens < 1)) return undefined
      if (cold) {
        environments++
        tokens--
      }
      const endMs = atMs + runMs + (cold ? coldStartMs : 0)
      ends.push(endMs)
      runs++
      peak = Math.max(peak, busy + 1)
      return endMs
    },
  }
}

/** A binary heap of numbers, the least on top. */
function createHeap() {
  const items: number[] = []
  const at = (index: number) => items[index] as number
  const swap = (a: number, b: number) => {
    const kept = at(a)
    items[a] = at(b)
    items[b] = kept
  }
  return {
    size: () => items.length,
    least: () => at(0),
    push(value: number) {
      let child = items.push(value) - 1
      while (child > 0 && at((child - 1) >> 1) > at(child)) {
        swap(child, (child - 1) >> 1)
        child = (child - 1) >> 1
      }
    },
    pop() {
      const last = items.pop() as number
      if (items.length === 0) return
      items[0] = last
      let parent = 0
      for (;;) {
        const [left, right] = [parent * 2 + 1, parent * 2 + 2]
        let least = parent
        if (left < items.length && at(left) < at(least)) least = left
        if (right < items.length && at(right) < at(least)) least = right
        if (least === parent) return
        swap(parent, least)
        parent = least
      }
    },
  }
}
