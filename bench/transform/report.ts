import type { CellFigures, Comparison } from './compare.ts'
import type { ProcessFigures } from './contender.ts'

/** Everything a run measured. */
export interface TransformFigures extends Comparison {
  /** Where the photographs' pixels come from. */
  source: string
  /** Threads of Node's pool, for both. */
  poolThreads: string
  fovea: ProcessFigures
  plain: ProcessFigures
}

/** `figures` for people. */
export function formatTransform(figures: TransformFigures): string {
  const { source, poolThreads, cells, fovea, plain } = figures
  return [
    `${source}; both with ${poolThreads} threads in the pool and ${plain.libvipsThreads} of libvips a picture; medians`,
    '',
    'original  width  format      bytes   fovea ms   plain ms   ratio   cpu ratio   pairs',
    ...cells.map(formatCell),
    '',
    `geometric mean ${figures.ratio.toFixed(3)} in time, ${figures.cpuRatio.toFixed(3)} in processor time`,
    `peak memory: fovea ${fovea.peakMegabytes.toFixed(0)} MB, plain ${plain.peakMegabytes.toFixed(0)} MB`,
  ].join('\n')
}

function formatCell(cell: CellFigures): string {
  return [
    cell.photograph.padEnd(8),
    String(cell.width).padStart(7),
    `  ${cell.format.padEnd(6)}`,
    String(cell.bytes).padStart(11),
    cell.foveaMs.toFixed(1).padStart(11),
    cell.plainMs.toFixed(1).padStart(11),
    cell.ratio.toFixed(3).padStart(8),
    cell.cpuRatio.toFixed(3).padStart(12),
    String(cell.pairs).padStart(8),
  ].join('')
}

/** The bounds that are missed. */
export function judgeTransform(
  { cells, ratio }: TransformFigures,
  maxMean: number,
  maxCell: number,
): string[] {
  return [
    ...(ratio <= maxMean ? [] : [`the geometric mean is ${ratio.toFixed(3)}, expected at most ${maxMean}`]),
    ...cells
      .filter((cell) => cell.ratio > maxCell)
      .map(
        ({ photograph, width, format, ratio: received }) =>
          `${photograph} → ${width} ${format} is ${received.toFixed(3)}, expected at most ${maxCell}`,
      ),
  ]
}
