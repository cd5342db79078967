import type { MemoryRatio } from './compare.ts'
import type { CaseFigures } from './measure.ts'

/** Everything a run measured. */
export interface MemoryFigures {
  /** Where the photographs' pixels come from. */
  source: string
  /** Of the Lambda, in megabytes. */
  memoryMegabytes: number
  maxSourcePixels: number
  maxOutputPixels: number
  ratios: readonly MemoryRatio[]
  /** The costliest requests that the limits admit. */
  extremes: readonly CaseFigures[]
}

/**
 * The share of Lambda's memory that a request may take: the rest is for its runtime and what an earlier request has left.
 */
const share = 0.9

/** `figures` for people. */
export function formatMemory(figures: MemoryFigures): string {
  const { source, ratios, extremes, maxSourcePixels, maxOutputPixels } = figures
  return [
    `${source}; peak of a process that makes one variant, medians`,
    '',
    'original  width  format   fovea MB   plain MB   ratio',
    ...ratios.map(formatRatio),
    '',
    `the costliest at ${maxSourcePixels / 1e6} MP of originals and ${maxOutputPixels / 1e6} MP of variants; ${describeBound(figures)}`,
    '',
    '    MB      s   answer                original         query',
    ...extremes.map((each) => formatExtreme(each, figures)),
  ].join('\n')
}

function formatRatio({
  photograph,
  width,
  format,
  foveaMegabytes,
  plainMegabytes,
  ratio,
}: MemoryRatio): string {
  return [
    photograph.padEnd(8),
    String(width).padStart(7),
    `  ${format.padEnd(6)}`,
    foveaMegabytes.toFixed(0).padStart(11),
    plainMegabytes.toFixed(0).padStart(11),
    ratio.toFixed(2).padStart(8),
  ].join('')
}

function formatExtreme(each: CaseFigures, figures: MemoryFigures): string {
  const { peakMegabytes, ms, outcome, key, query } = each
  return [
    peakMegabytes.toFixed(0).padStart(6),
    (ms / 1000).toFixed(1).padStart(7),
    fits(each, figures) ? '   ' : ' ! ',
    `${outcome.padEnd(22)}${key.padEnd(17)}${query}`,
  ].join('')
}

/** The bounds that are missed. */
export function judgeMemory(figures: MemoryFigures, maxRatio: number): string[] {
  return [
    ...figures.ratios
      .filter(({ ratio }) => ratio > maxRatio)
      .map(
        ({ photograph, width, format, ratio }) =>
          `${photograph} → ${width} ${format} takes ${ratio.toFixed(2)} × plain sharp's memory, expected at most ${maxRatio}`,
      ),
    ...figures.extremes
      .filter((each) => !fits(each, figures))
      .map(
        ({ key, query, peakMegabytes }) =>
          `${key}?${query} takes ${peakMegabytes.toFixed(0)} MB, expected ${describeBound(figures)}`,
      ),
  ]
}

function describeBound({ memoryMegabytes }: MemoryFigures): string {
  return `at most ${(share * memoryMegabytes).toFixed(0)} of Lambda's ${memoryMegabytes} MB`
}

function fits({ peakMegabytes }: CaseFigures, { memoryMegabytes }: MemoryFigures): boolean {
  return peakMegabytes <= share * memoryMegabytes
}
