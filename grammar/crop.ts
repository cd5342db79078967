import type { ValueReader } from './value-kinds.ts'

/** A crop of everything, which is none. */
export const cropOfAll = '0.0000_0.0000_1.0000_1.0000'

/**
 * A box `left_top_width_height`: whole pixels of the original, or, where one has a decimal point, shares of its width and
 * height from 0 to 1, written with four decimals.
 */
export const crop: ValueReader = {
  expected: 'left_top_width_height in px, or as decimals within 0..1',
  read: (text) => {
    const sides = /^[\d.]+(_[\d.]+){3}$/.test(text) ? text.split('_').map(Number) : []
    const shares = /\./.test(text)
    // Half a unit of the last decimal: 0.1 + 0.9 may be a little more than 1.
    const fits = (start: number) =>
      (sides[start + 2] as number) > 0 &&
      (sides[start] as number) + (sides[start + 2] as number) < (shares ? 1.00005 : 65536)
    return fits(0) && fits(1) ? sides.map((side) => side.toFixed(shares ? 4 : 0)).join('_') : undefined
  },
}
