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
    // Shares are counted in ten-thousandths, which is what is written.
    const unit = /\./.test(text) ? 1e4 : 1
    const sides = /^[\d.]+(_[\d.]+){3}$/.test(text)
      ? text.split('_').map((side) => Math.round(Number(side) * unit))
      : []
    const fits = (start: number) =>
      (sides[start + 2] as number) > 0 &&
      (sides[start] as number) + (sides[start + 2] as number) <= (unit > 1 ? unit : 65535)
    return fits(0) && fits(1)
      ? sides.map((side) => (side / unit).toFixed(unit > 1 ? 4 : 0)).join('_')
      : undefined
  },
}
