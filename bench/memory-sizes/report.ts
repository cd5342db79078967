import { charge } from '../cost/prices.ts'
import type { MemorySizesFigures, SizeFigures } from './measure.ts'

/** What a size costs. */
export interface SizeCost {
  /** Of a transform, mean of the mix. */
  gigabyteSeconds: number
  /** Dollars for a million transforms of the mix on arm64, runs included. */
  dollarsPerMillion: number
}

export function costOf({
  memoryMegabytes,
  meanMs,
}: Pick<SizeFigures, 'memoryMegabytes' | 'meanMs'>): SizeCost {
  const gigabyteSeconds = (meanMs / 1000) * (memoryMegabytes / 1024)
  return {
    gigabyteSeconds,
    dollarsPerMillion: charge('runTime', gigabyteSeconds * 1e6) + charge('runs', 1e6),
  }
}

/** Those within this much of the best are as cheap or fast: what lies below is noise. */
const asGood = 1.03

/** `cheapest`, `fastest`, both or neither. */
export function markSize(size: SizeFigures, all: readonly SizeFigures[]): string {
  const dollars = (each: SizeFigures) => costOf(each).dollarsPerMillion
  const least = (read: (each: SizeFigures) => number) => Math.min(...all.map(read))
  return [
    ...(dollars(size) <= least(dollars) * asGood ? ['cheapest'] : []),
    ...(size.meanMs <= least(({ meanMs }) => meanMs) * asGood ? ['fastest'] : []),
  ].join(', ')
}

/** What would be killed at a size for want of memory. */
export function listKilled(
  size: Pick<SizeFigures, 'memoryMegabytes'>,
  extremes: MemorySizesFigures['extremes'],
): string[] {
  return (extremes ?? [])
    .filter(({ peakMegabytes }) => peakMegabytes > size.memoryMegabytes)
    .map(({ key, query }) => `${key}?${query}`)
}

/** `figures` for people. */
export function formatMemorySizes({ source, how, rounds, mix, sizes, extremes }: MemorySizesFigures): string {
  const jobs = mix.map(({ width, format }) => `${format} ${width}`)
  return [
    `the built transformer, warm, with ${mix[0]?.photograph} (${source}), held by ${how}; medians of ${rounds}`,
    `mix: ${mix.map(({ weight }, at) => `${jobs[at]} ${(weight * 100).toFixed(1)} %`).join(', ')}`,
    '',
    '   MB  vCPU   had   mean ms   p50 ms   p95 ms    GB-s   $/million   peak MB  too large',
    ...sizes.map((size) =>
      [
        String(size.memoryMegabytes).padStart(5),
        size.share.toFixed(2).padStart(6),
        size.hadShare.toFixed(2).padStart(6),
        size.meanMs.toFixed(0).padStart(10),
        size.p50Ms.toFixed(0).padStart(9),
        size.p95Ms.toFixed(0).padStart(9),
        costOf(size).gigabyteSeconds.toFixed(3).padStart(8),
        costOf(size).dollarsPerMillion.toFixed(2).padStart(12),
        size.peakMegabytes.toFixed(0).padStart(10),
        formatKilled(size, extremes).padStart(10),
        `  ${markSize(size, sizes)}`,
      ].join(''),
    ),
    '',
    `ms   ${jobs.map((each) => each.padStart(10)).join('')}`,
    ...sizes.map(
      ({ memoryMegabytes, jobMs }) =>
        `${String(memoryMegabytes).padStart(5)}${jobMs.map((ms) => ms.toFixed(0).padStart(10)).join('')}`,
    ),
    '',
    'vCPU: processors allowed; had: those that it had while it worked, less where the machine was busy',
    'too large: of the costliest requests within the default limits, those that need more memory than there is',
  ].join('\n')
}

/** Such as `3 of 54`; a dash where none were asked for. */
export function formatKilled(
  size: Pick<SizeFigures, 'memoryMegabytes'>,
  extremes: MemorySizesFigures['extremes'],
): string {
  return extremes ? `${listKilled(size, extremes).length} of ${extremes.length}` : '–'
}

/** The bounds that are missed: a process that has more than its share was not held. */
export function judgeMemorySizes({ sizes }: MemorySizesFigures, maxExcess: number): string[] {
  return sizes
    .filter(({ hadShare, share }) => !(hadShare <= share * maxExcess))
    .map(
      ({ memoryMegabytes, hadShare, share }) =>
        `at ${memoryMegabytes} MB it had ${hadShare.toFixed(2)} processors, expected at most ${share.toFixed(2)}`,
    )
}
