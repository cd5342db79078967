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

/** The patches side by side, 8 bits a channel, their numbers as they stand and no profile. */
export function makePatches(colours: readonly Rgb[] = patches): Sharp {
  const width = colours.length * patchSide
  const row = Buffer.concat(
    colours.map((colour) => Buffer.concat(Array(patchSide).fill(Buffer.from(colour)))),
  )
  return sharp(Buffer.concat(Array<Buffer>(patchSide).fill(row)), {
    raw: { width, height: patchSide, channels: 3 },
  })
}

/** The patches as a PNG of 16 bits a channel. */
export function makeDeepPatches(colours: readonly Rgb[] = patches): Promise<Buffer> {
  const width = colours.length * patchSide
  const pixels = new Uint16Array(width * patchSide * 3)
  for (let index = 0; index < width * patchSide; index++) {
    const colour = colours[Math.floor((index % width) / patchSide)] ?? [0, 0, 0]
    // 257 = 65535 / 255.
    pixels.set(
      colour.map((channel) => channel * 257),
      index * 3,
    )
  }
  return sharp(pixels, { raw: { width, height: patchSide, channels: 3 } })
    .toColourspace('rgb16')
    .png()
    .toBuffer()
}
