import sharp from 'sharp'

/** A small picture of four colours, as JPEG. */
export async function drawQuadrants(): Promise<Buffer> {
  const [width, height] = [64, 48]
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < width * height; at++) {
    pixels[3 * at] = at % width < width / 2 ? 250 : 20
    pixels[3 * at + 1] = at < (width * height) / 2 ? 200 : 60
    pixels[3 * at + 2] = 90
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer()
}
