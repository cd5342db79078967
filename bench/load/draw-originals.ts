import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { seededRandom } from '../../edge/samples/grain.ts'
import { traceKey } from '../trace/site.ts'

/** Small, so that two cores can make the variants of a trace beside serving it: on AWS other machines make them. */
const size = { width: 800, height: 600 }

/** Coloured squares, blurred into each other by enlargement: as much detail as a product picture has. */
const squares = { width: 16, height: 12 }

/** Draws the originals of these numbers, each another, the same on every run, into `folder`. */
export async function drawOriginals(folder: string, numbers: Iterable<number>): Promise<void> {
  for (const number of numbers) {
    const random = seededRandom(number + 1)
    const pixels = Buffer.from(
      Array.from({ length: squares.width * squares.height * 3 }, () => random() * 256),
    )
    const file = join(folder, traceKey(number))
    await mkdir(dirname(file), { recursive: true })
    await sharp(pixels, { raw: { ...squares, channels: 3 } })
      .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' })
      .jpeg({ quality: 90 })
      .toFile(file)
  }
}
