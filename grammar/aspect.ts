import type { ValueReader } from './value-kinds.ts'

/** Ratios as `16-9` (or `16:9`), written in lowest terms: `32-18` is `16-9`. */
export const aspect: ValueReader = {
  expected: 'a ratio such as 16-9, its sides from 1 to 64',
  read: (text) => {
    const match = /^(\d\d?)[-:](\d\d?)$/.exec(text)
    const width = Number(match?.[1])
    const height = Number(match?.[2])
    // Without a match both are NaN, which no comparison holds for.
    if (!(width > 0 && width <= 64 && height > 0 && height <= 64)) return undefined
    const divisor = greatestCommonDivisor(width, height)
    return `${width / divisor}-${height / divisor}`
  },
}

/** Width and height of a ratio as {@link aspect} writes it. */
export function readRatio(value: string): [number, number] {
  return value.split('-').map(Number) as [number, number]
}

function greatestCommonDivisor(a: number, b: number): number {
  return b ? greatestCommonDivisor(b, a % b) : a
}
