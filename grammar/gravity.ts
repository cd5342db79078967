import { readValue, type ValueReader } from './value-kinds.ts'

/** Compass points in reading order, so that a place in a 3 × 3 grid finds its name; then what looks at the pixels. */
const words =
  'northwest=nw north=n northeast=ne west=w centre=center east=e southwest=sw south=s southeast=se attention entropy'

/**
 * A compass point, a strategy, or a focal point `x_y` as shares of width and height, written with two decimals. A focal
 * point that is a compass point is written as that.
 */
export const gravity: ValueReader = {
  expected: 'centre, a compass point, attention, entropy, or x_y within 0..1',
  read: (text) => {
    if (!/^[\d.]+_[\d.]+$/.test(text)) return readValue(words, text) as string | undefined
    const point = text.split('_').map((share) => Math.round(Number(share) * 100) / 100)
    const x = point[0] as number
    const y = point[1] as number
    if (!(x <= 1 && y <= 1)) return undefined
    return (2 * x) % 1 || (2 * y) % 1
      ? `${x.toFixed(2)}_${y.toFixed(2)}`
      : (words.split(' ')[2 * x + 6 * y] as string).replace(/=.*/, '')
  },
}
