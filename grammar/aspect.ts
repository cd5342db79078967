import type { ValueReader } from './value-kinds.ts'

/** Ratios as `16-9` (or `16:9`), written in lowest terms: `32-18` is `16-9`. */
export const aspect: ValueReader = {
  expected: 'a ratio such as 16-9, sides within 1..64',
  read: (text) => {
    const sides = /^\d\d?[-:]\d\d?$/.test(text) ? readRatio(text.replace(':', '-')) : [0]
    if (!sides.every((side) => side > 0 && side <= 64)) return undefined
    const divisor = greatestCommonDivisor(sides[0] as number, sides[1] as number)
    return sides.map((side) => side / divisor).join('-')
  },
}

/** Width and height of a ratio as {@link aspect} writes it. */
export const readRatio = (value: string): [number, number] => {
  return value.split('-').map(Number) as [number, number]
}

function greatestCommonDivisor(a: number, b: number): number {
  return b ? greatestCommonDivisor(b, a % b) : a
}
