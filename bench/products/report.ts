import { geometricMean } from '../statistics.ts'
import type { PairFigures } from './compare.ts'
import { type Product, products } from './products.ts'
import type { ProductsFigures } from './run.ts'

/** What fails the bench. */
export interface ProductBounds {
  /** Ratio of processor times above which Fovea is called slower: what lies below is noise. */
  slower: number
  /** How many times faster AVIF must be than with sharp's own effort. */
  avifFactor: number
}

/** `figures` for people. */
export function formatProducts({ source, versions, pairs, cells, skipped }: ProductsFigures): string {
  return [
    `Fovea beside ${versions.join(' and ')}, all at their defaults on one core; ${source}`,
    `milliseconds of processor time, medians of ${pairs}; score: SSIMULACRA 2 against plain sharp's pixels;`,
    "ratios are Fovea's to the other's, equal: of bytes at the other's score",
    '',
    'original  width  format  other     ms          other  kB         other  score other   time  bytes  equal',
    ...cells.map(formatCell),
    '',
    ...products.map(({ name }) => formatMeans(name, cells)),
    ...skipped.map((reason) => `left out: ${reason}`),
  ].join('\n')
}

function formatCell({ product, original, width, format, fovea, other, ...ratios }: PairFigures): string {
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1).padStart(9)
  return [
    original.padEnd(8),
    String(width).padStart(7),
    `  ${format.padEnd(8)}${product.padEnd(5)}`,
    fovea.cpuMs.toFixed(0).padStart(7),
    other.cpuMs.toFixed(0).padStart(15),
    kilobytes(fovea.bytes),
    kilobytes(other.bytes).padStart(12),
    fovea.score.toFixed(1).padStart(7),
    other.score.toFixed(1).padStart(6),
    ratios.time.toFixed(2).padStart(7),
    ratios.bytes.toFixed(2).padStart(7),
    ratios.equalBytes.toFixed(2).padStart(7),
    ratios.reached ? '' : ' (score not reached)',
  ].join('')
}

function formatMeans(name: string, cells: readonly PairFigures[]): string {
  const formats = [...new Set(cells.map(({ format }) => format))]
  const means = formats.map((format) => {
    const own = cells.filter((cell) => cell.product === name && cell.format === format)
    const meanOf = (ratio: 'time' | 'equalBytes') => geometricMean(own.map((cell) => cell[ratio])).toFixed(2)
    return `${format} ${meanOf('time')} in time, ${meanOf('equalBytes')} in bytes at equal score`
  })
  return `geometric means to ${name}: ${means.join('; ')}`
}

/** The bounds that are missed. */
export function judgeProducts({ cells }: Pick<ProductsFigures, 'cells'>, bounds: ProductBounds): string[] {
  return cells.flatMap((cell) => {
    const where = `${cell.original} → ${cell.width} ${cell.format} against ${cell.product}`
    return [...judgeBoth(cell, bounds), ...judgeAvif(cell, bounds)].map((failure) => `${where}: ${failure}`)
  })
}

function judgeBoth({ time, equalBytes }: PairFigures, { slower }: ProductBounds): string[] {
  if (time <= slower || equalBytes <= 1) return []
  return [`${time.toFixed(2)} × the time and ${equalBytes.toFixed(2)} × the bytes at equal score`]
}

function judgeAvif({ format, product, time }: PairFigures, { avifFactor }: ProductBounds): string[] {
  const rival: Product | undefined = products.find(({ name }) => name === product)
  const most = rival?.defaultEffort ? 1 / avifFactor : 1
  if (format !== 'avif' || time <= most) return []
  return [`${(1 / time).toFixed(1)} × faster, expected ${(1 / most).toFixed(1)}`]
}
