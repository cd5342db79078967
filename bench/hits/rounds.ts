import { median } from '../statistics.ts'
import type { Load, LoadGenerator } from './load-generator.ts'

/** Rounds of each server. Odd, so that a median is one of them. */
const rounds = 5

/** Seconds of load before the first round, for the compiler to settle. */
const warmUpSeconds = 2

/** The two servers side by side: medians over the rounds. */
export interface HitsComparison {
  edge: Load
  bare: Load
  /** Edge to bare, in hits a second: the median over pairs of rounds. */
  ratio: number
  rounds: number
}

/** Loads edge and bare server in turn, so that what else the machine does meets both alike. */
export async function compareHits(
  generator: LoadGenerator,
  edgeUrl: string,
  bareUrl: string,
  seconds: number,
): Promise<HitsComparison> {
  await generator.run(edgeUrl, warmUpSeconds)
  await generator.run(bareUrl, warmUpSeconds)
  const pairs: { edge: Load; bare: Load }[] = []
  for (let round = 0; round < rounds; round++) {
    pairs.push({ edge: await generator.run(edgeUrl, seconds), bare: await generator.run(bareUrl, seconds) })
  }
  return {
    edge: medianLoad(pairs.map(({ edge }) => edge)),
    bare: medianLoad(pairs.map(({ bare }) => bare)),
    ratio: median(pairs.map(({ edge, bare }) => edge.hitsPerSecond / bare.hitsPerSecond)),
    rounds,
  }
}

function medianLoad(loads: readonly Load[]): Load {
  return {
    hitsPerSecond: median(loads.map(({ hitsPerSecond }) => hitsPerSecond)),
    p50Ms: median(loads.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(loads.map(({ p99Ms }) => p99Ms)),
  }
}
