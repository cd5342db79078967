import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { seededRandom } from '../../edge/samples/grain.ts'
import { traceKey } from '../trace/site.ts'

/** Pixels of an original. */
export interface OriginalSize {
  width: number
  height: number
}

/** Small, so that two cores can make the variants of a trace beside serving it: on AWS other machines make them. */
export const smallOriginal: OriginalSize = { width: 480, height: 360 }

/** As cameras of phones had them, so that two cores are soon overloaded. */
export const largeOriginal: OriginalSize = { width: 1600, height: 1200 }

/** Coloured squares, blurred into each other by enlargement: as much detail as a product picture has. */
const squares = { width: 16, height: 12 }

/** Draws the originals of these numbers, each another, the same on every run, into `folder`. */
export async function drawOriginals(
  folder: string,
  numbers: Iterable<number>,
  size: OriginalSize,
): Promise<void> {
  for (const number of numbers) {
    const random = seededRandom(number + 1)
    const pixels = Buffer.from(
      Array.from({ length: squares.width * squares.height * 3 }, () => random() * 256),
    )
    const file = join(folder, traceKey(number))
    await mkdir(dirname(file), { recursive: true })
    await sharp(pixels, { raw: { ...squares, channels: 3 } })
      .resize({ ...size, fit: 'fill', kernel: 'cubic' })
      .jpeg({ quality: 90 })
      .toFile(file)
  }
}
