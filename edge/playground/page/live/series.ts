import type { LiveSample } from '../../api.ts'

/** Samples that a ratio is taken over: of a single second it jumps. */
const ratioSamples = 20

/** Differences between a sample and the one before: what a count did in that second. */
export function differences(
  samples: readonly LiveSample[],
  count: (sample: LiveSample) => number,
): (number | null)[] {
  return samples.map((sample, index) => {
    const before = samples[index - 1]
    // A count that falls is of an edge that has started anew.
    return before ? Math.max(0, count(sample) - count(before)) : null
  })
}

/** The share of requests that reached the cache and needed no fetch of their own, over the seconds before each sample, in per cent. */
export function hitRatios(samples: readonly LiveSample[]): (number | null)[] {
  return samples.map((sample, index) => {
    const before = samples[Math.max(0, index - ratioSamples)]
    return before ? ratioBetween(before, sample) : null
  })
}

/** The same from the first sample to the last; null where nobody asked. */
export function ratioBetween(before: LiveSample, after: LiveSample): number | null {
  const cached = (sample: LiveSample) => sample.stats.hits + sample.stats.collapsed + sample.stats.stale
  const served = Math.max(0, cached(after) - cached(before))
  const fetched = Math.max(0, after.stats.misses - before.stats.misses)
  return served + fetched > 0 ? (100 * served) / (served + fetched) : null
}
