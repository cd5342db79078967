import sharp, { type Sharp } from 'sharp'

/** Red: the left third opaque, the middle half transparent, the right not there at all. Under it lies black. */
export function makeTransparent(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 4)
  for (let index = 0; index < width * height; index++) {
    const third = Math.floor(((index % width) * 3) / width)
    pixels.set(third === 2 ? [0, 0, 0, 0] : [200, 20, 20, third === 0 ? 255 : 128], index * 4)
  }
  return sharp(pixels, { raw: { width, height, channels: 4 } })
}
