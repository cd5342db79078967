/**
 * Readers of the values that no list can hold, by the shape of what they take. A reader is given the text in lower case
 * and as sent, and the kind that names it ({@link ValueKind}); it returns the value in its one spelling, or undefined.
 */
export const readers: Readonly<
  Record<string, (lowerCase: string, text: string, kind: string) => string | undefined>
> = {
  /** A ratio, written in lowest terms: `32:18` is `16-9`. Sides within 1..64. */
  'W-H<=64': (lowerCase) => {
    const sides = lowerCase.replace(':', '-').split('-').map(Number)
    const divisor = greatestCommonDivisor(sides[0] as number, sides[1] as number)
    return /^\d\d?[-:]\d\d?$/.test(lowerCase) && sides.every((side) => side > 0 && side < 65)
      ? sides.map((side) => side / divisor).join('-')
      : undefined
  },
  /**
   * A box: whole pixels of the original, or, where one has a decimal point, shares of its width and height, written with
   * four decimals.
   */
  L_T_W_H: (lowerCase) => {
    // Shares are counted in ten-thousandths, which is what is written.
    const unit = /\./.test(lowerCase) ? 1e4 : 1
    const sides = lowerCase.split('_').map((side) => Math.round(Number(side) * unit))
    const fits = (start: number) =>
      (sides[start + 2] as number) > 0 &&
      (unit < 2 || (sides[start] as number) + (sides[start + 2] as number) <= unit)
    return /^[\d.]{1,10}(_[\d.]{1,10}){3}$/.test(lowerCase) && fits(0) && fits(1)
      ? sides.map((side) => (side / unit).toFixed(unit > 1 ? 4 : 0)).join('_')
      : undefined
  },
  /**
   * A focal point as shares of width and height, written with two decimals; one that is a compass point is written as
   * that. The compass points must stand first in the kind, in reading order.
   */
  'X_Y<=1': (lowerCase, _text, kind) => {
    const point = lowerCase.split('_').map((share) => Math.round(Number(share) * 100) / 100)
    const x = point[0] as number
    const y = point[1] as number
    if (!/^[\d.]+_[\d.]+$/.test(lowerCase) || !(x <= 1 && y <= 1)) return undefined
    return (2 * x) % 1 || (2 * y) % 1
      ? `${x.toFixed(2)}_${y.toFixed(2)}`
      : (kind.split(' ')[2 * x + 6 * y] as string).split('=')[0]
  },
  /** A colour: `rrggbb`, or `rrggbbaa` where not opaque. Whatever is fully transparent is {@link transparent}. */
  hex: (lowerCase) => {
    const hex = lowerCase.replace(/^#/, '').replace(/^(.)(.)(.)(.?)$/, '$1$1$2$2$3$3$4$4')
    return /^([\da-f]{2}){3,4}$/.test(hex)
      ? hex.replace(/^.{6}00$/, transparent).replace(/^(.{6})ff$/, '$1')
      : undefined
  },
  /** A tag, kept as it is: `A-Za-z0-9._-`. */
  'TAG<=32': (_lowerCase, text) => (/^[\w.-]{1,32}$/.test(text) ? text : undefined),
  /** Any text, kept as it is. */
  TEXT: (_lowerCase, text) => text,
}

/** The colour that changes nothing where it is laid under a picture. */
export const transparent = '00000000'

const greatestCommonDivisor = (a: number, b: number): number => (b ? greatestCommonDivisor(b, a % b) : a)
