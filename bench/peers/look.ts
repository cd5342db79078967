import sharp, { type Sharp } from 'sharp'
import { type Pixels, readPixels, type Scorer } from '../score.ts'
import { mean } from '../statistics.ts'
import type { PeerCell } from './cells.ts'

/** Scores variants of one cell. */
export interface Look {
  /**
   * The score of a variant against the original as plain sharp resizes it to the variant's own size, without loss. Of an
   * animation, that of three frames.
   *
   * @param ground what the variant shows of transparency where its format has none.
   */
  score(variant: Uint8Array, ground: 'black' | 'white'): Promise<number>
}

export function createLook({ original, format }: PeerCell, scorer: Scorer): Look {
  const references = new Map<string, Promise<Pixels>>()

  async function readReference(page: number, { width, height }: Pixels, ground: string): Promise<Pixels> {
    const picture = sharp(original.file, { page }).autoOrient().resize(width, height, { fit: 'fill' })
    return readPixels(await save(format === 'jpeg' ? picture.flatten({ background: ground }) : picture))
  }

  return {
    async score(variant, ground) {
      const bytes = Buffer.from(variant)
      const scores: number[] = []
      for (const page of choosePages((await sharp(bytes).metadata()).pages)) {
        const seen = await readPixels(await save(sharp(bytes, { page })))
        const name = [page, seen.width, seen.height, ground].join()
        // The same object each time: the scorer keeps the last.
        const reference = references.get(name) ?? readReference(page, seen, ground)
        references.set(name, reference)
        scores.push(await scorer.score(await reference, seen))
      }
      return mean(scores)
    },
  }
}

/** First, middle and last: an animation's frames look alike, and all would take minutes. */
function choosePages(pages = 1): number[] {
  return pages > 2 ? [0, Math.floor(pages / 2), pages - 1] : [0]
}

function save(picture: Sharp): Promise<Buffer> {
  return picture.png({ compressionLevel: 0 }).toBuffer()
}
