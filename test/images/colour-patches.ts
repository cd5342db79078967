import sharp, { type Sharp } from 'sharp'
import type { Rgb } from './colour-math.ts'

/** Colours that lie within every space of the tests, so that a conversion is exact and not a matter of gamut mapping. */
export const patches: readonly Rgb[] = [
  [128, 128, 128],
  [150, 110, 90],
  [95, 150, 100],
  [100, 105, 160],
  [190, 160, 90],
  [70, 90, 80],
]

/** Pixels that a patch is wide and high. */
export const patchSide = 32

/**
 * Patches in rows of `columns`, 8 bits a channel, their numbers as they stand and no profile.
 *
 * @param colours red, green, blue, and alpha where all have it.
 */
export function makePatches(
  colours: readonly (readonly number[])[] = patches,
  columns = colours.length,
): Sharp {
  const { width, height, channels, values } = drawPatches(colours, columns)
  return sharp(Buffer.from(values), { raw: { width, height, channels } })
}

/** The patches as a picture of 16 bits a channel. */
export function makeDeepPatches(colours: readonly Rgb[] = patches, columns = colours.length): Sharp {
  const { width, height, channels, values } = drawPatches(colours, columns)
  // 257 = 65535 / 255.
  const pixels = Uint16Array.from(values, (value) => value * 257)
  return sharp(pixels, { raw: { width, height, channels } }).toColourspace('rgb16')
}

/** The channels of {@link makePatches}, 0–255, row by row. */
function drawPatches(colours: readonly (readonly number[])[], columns: number) {
  const [width, height] = [columns * patchSide, (colours.length / columns) * patchSide]
  const channels = colours[0]?.length === 4 ? 4 : 3
  const values = Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)]
    return colours[Math.floor(y / patchSide) * columns + Math.floor(x / patchSide)] ?? []
  }).flat()
  return { width, height, channels, values } as const
}
