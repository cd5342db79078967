/** Name of the metadata of an object, behind `x-amz-meta-`. */
export const focalPointName = 'focal-point'

/** A share of a side, 0–1. */
const share = /^(?:0?\.\d+|0|1(?:\.0+)?)$/

/**
 * The focal point that the metadata of an original tells, as `x_y`: shares of width and height, 0–1, of the picture as it is
 * seen, from its upper left corner, to four decimals, which are less than a pixel. A comma between them is taken too. Undefined
 * for anything else.
 */
export function readFocalPoint(text: string): string | undefined {
  const [x = '', y = '', ...more] = text.split(/[_,]/).map((part) => part.trim())
  if (!share.test(x) || !share.test(y) || more.length > 0) return undefined
  return `${Number(Number(x).toFixed(4))}_${Number(Number(y).toFixed(4))}`
}
