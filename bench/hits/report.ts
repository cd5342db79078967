import type { Burst } from './burst.ts'
import { connections, type Load } from './load-generator.ts'
import type { HitsComparison } from './rounds.ts'

/** Everything a run measured. */
export interface HitsFigures extends HitsComparison {
  loadGenerator: string
  caveat?: string
  /** Bytes of the variant. */
  bodyBytes: number
  /** Seconds of each round. */
  durationSeconds: number
  /** Share of the rounds' requests that the edge counted as hits, 0–1. */
  hitShare: number
  burst: Burst
}

/** `figures` for people. */
export function formatHits(figures: HitsFigures): string {
  const { edge, bare, burst } = figures
  return [
    `${figures.loadGenerator}, ${connections} connections, ${figures.rounds} rounds of ${figures.durationSeconds} s each, medians; ${figures.bodyBytes} bytes a hit`,
    '',
    formatLoad('edge', edge),
    formatLoad('bare', bare),
    ...(figures.caveat ? [`note: ${figures.caveat}`] : []),
    `edge/bare ${figures.ratio.toFixed(2)}, hit share ${(figures.hitShare * 100).toFixed(2)} %`,
    `${burst.requests} simultaneous first requests: ${burst.transformerInvocations} transformer invocation(s), ${burst.collapsed} waited for it`,
  ].join('\n')
}

function formatLoad(name: string, { hitsPerSecond, p50Ms, p99Ms }: Load): string {
  return `${name}      ${hitsPerSecond.toFixed(0).padStart(7)} hits/s   p50 ${p50Ms.toFixed(2)} ms   p99 ${p99Ms.toFixed(2)} ms`
}
