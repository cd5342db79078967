import { type Header, makePng } from './png-chunks.ts'
import { packZeros } from './zeros.ts'

/**
 * A whole, valid PNG of nothing but zeros: a few hundred kilobytes that decode to gigabytes. By default one bit a pixel, all
 * black.
 */
export function makeBigPng(
  width: number,
  height: number,
  { depth, colourType }: Pick<Header, 'depth' | 'colourType'> = { depth: 1, colourType: 0 },
  interlaced = false,
): Buffer {
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colourType] ?? 1
  const rowBytes = (columns: number) => (columns === 0 ? 0 : 1 + Math.ceil((columns * channels * depth) / 8))
  const bytes = interlaced
    ? passes.reduce((sum, [x, y, across, down]) => {
        const [columns, rows] = [Math.ceil((width - x) / across), Math.ceil((height - y) / down)]
        return sum + rowBytes(columns) * rows
      }, 0)
    : rowBytes(width) * height
  return makePng({ width, height, depth, colourType, interlaced }, packZeros(bytes))
}

/** Where each pass of an interlaced PNG begins, and its steps. Source: W3C PNG, section 8.2. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const
