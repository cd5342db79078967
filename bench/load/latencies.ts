import { createHistogram } from 'node:perf_hooks'

/** A distribution of times, in milliseconds. */
export interface Latencies {
  count: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  maxMs: number
}

/** Gathers times, of any number in constant space: an HDR histogram of microseconds with three digits, which Node has. */
export interface LatencyRecorder {
  add(milliseconds: number): void
  read(): Latencies
  reset(): void
}

/** An hour: no request waits longer. */
const highestMicroseconds = 3_600_000_000

export function createLatencyRecorder(): LatencyRecorder {
  const histogram = createHistogram({ lowest: 1, highest: highestMicroseconds, figures: 3 })
  // Node's own maximum is that of the bucket.
  let maxMs = 0
  return {
    add(milliseconds) {
      histogram.record(Math.min(highestMicroseconds, Math.max(1, Math.round(milliseconds * 1000))))
      maxMs = Math.max(maxMs, milliseconds)
    },
    read: () => ({
      count: histogram.count,
      p50Ms: readPercentile(50),
      p95Ms: readPercentile(95),
      p99Ms: readPercentile(99),
      maxMs: round(maxMs),
    }),
    reset() {
      histogram.reset()
      maxMs = 0
    },
  }

  function readPercentile(percentile: number): number {
    return histogram.count === 0 ? 0 : round(Math.min(maxMs, histogram.percentile(percentile) / 1000))
  }
}

/** Microseconds are enough. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
