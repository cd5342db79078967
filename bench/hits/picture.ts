import { join } from 'node:path'
import sharp from 'sharp'

export const pictureKey = 'picture.jpg'

/** The variant of every round: about 20 kB, as a product picture on a page is. */
export const variantQuery = 'width=800'

/** Coloured squares on a side, blurred into each other by enlargement: as many as make the variant about 20 kB. */
const squares = 12

/** Pixels on a side of the original. */
const side = 1600

/** Draws the original, the same on every run, into `folder`. */
export async function drawPicture(folder: string): Promise<void> {
  await sharp(drawNoise(squares * squares * 3), { raw: { width: squares, height: squares, channels: 3 } })
    .resize(side, side, { kernel: 'cubic' })
    .jpeg({ quality: 90 })
    .toFile(join(folder, pictureKey))
}

/** `length` bytes that look random and are the same on every run. Source: Numerical Recipes, "ranqd1". */
function drawNoise(length: number): Buffer {
  const noise = Buffer.alloc(length)
  let state = 1
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    noise[index] = state >>> 24
  }
  return noise
}
