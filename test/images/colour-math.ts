import { type SpaceName, spaces } from './icc-profile.ts'

export type Rgb = readonly [number, number, number]

type Matrix = readonly [Rgb, Rgb, Rgb]

/**
 * The sRGB of a colour of another space, 0–255, by colour math from primaries and white alone: nothing of a profile or
 * of libvips is in it. All spaces have the white D65, so none is adapted. Out-of-gamut channels are clipped.
 * Source: B. Lindbloom, "RGB/XYZ Matrices".
 */
export function convertToSrgb(colour: Rgb, from: SpaceName): Rgb {
  const linear = mapRgb(colour, (channel) => spaces[from].linearise(channel / 255))
  const xyz = multiply(computeMatrix(from), linear)
  const target = multiply(invert(computeMatrix('srgb')), xyz)
  return mapRgb(target, (channel) => Math.round(255 * encodeSrgb(Math.min(1, Math.max(0, channel)))))
}

/** Linear RGB of a space to XYZ. */
function computeMatrix(name: SpaceName): Matrix {
  const [xr, yr, xg, yg, xb, yb] = spaces[name].primaries
  const columns: Matrix = [
    [xr / yr, xg / yg, xb / yb],
    [1, 1, 1],
    [(1 - xr - yr) / yr, (1 - xg - yg) / yg, (1 - xb - yb) / yb],
  ]
  // D65, whose chromaticity is 0.3127, 0.329.
  const [sr, sg, sb] = multiply(invert(columns), [0.3127 / 0.329, 1, (1 - 0.3127 - 0.329) / 0.329])
  return mapRows(columns, ([r, g, b]) => [r * sr, g * sg, b * sb])
}

function encodeSrgb(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055
}

function multiply(matrix: Matrix, [x, y, z]: Rgb): Rgb {
  const [first, second, third] = matrix.map(([a, b, c]) => a * x + b * y + c * z)
  return [first ?? 0, second ?? 0, third ?? 0]
}

function invert([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
  const adjugate: Matrix = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ]
  return mapRows(adjugate, (row) => mapRgb(row, (value) => value / determinant))
}

function mapRgb([r, g, b]: Rgb, map: (value: number) => number): Rgb {
  return [map(r), map(g), map(b)]
}

function mapRows([first, second, third]: Matrix, map: (row: Rgb) => Rgb): Matrix {
  return [map(first), map(second), map(third)]
}
