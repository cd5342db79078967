import { mkdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { makeGrain } from '../../edge/samples/grain.ts'
import { keepFile } from '../kept-file.ts'
import type { Part, Parts } from './parts.ts'

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

interface Size {
  width: number
  height: number
}

const heroSize: Size = { width: 3200, height: 1800 }
const productSize: Size = { width: 2400, height: 3000 }

/** Part of the folder's name: raise it with any change to what is made. */
const recipeVersion = 2

/** The pictures that `parts` are, as large as a shop's photographer delivers them, made once. */
export async function prepareMasters({ name, hero, products, grain }: Parts): Promise<Masters> {
  const folder = join(tmpdir(), `fovea-bench-vitals-${name}-${recipeVersion}`)
  const prepare = async (key: string, part: Part, size: Size): Promise<Master> => {
    const path = join(folder, key)
    await mkdir(dirname(path), { recursive: true })
    await keepFile(path, async (unfinished) => writeFile(unfinished, await make(part, size, grain)))
    return { key, alt: part.alt, ...size, colour: await readColour(path) }
  }
  const masters = [await prepare('hero.jpg', hero, heroSize)]
  for (const [at, part] of products.entries())
    masters.push(await prepare(`prints/${String(at + 1).padStart(2, '0')}.jpg`, part, productSize))
  const sizes = await Promise.all(masters.map(({ key }) => stat(join(folder, key))))
  const [first, ...others] = masters
  if (!first) throw new Error('expected a hero')
  return {
    folder,
    hero: first,
    products: others,
    originalBytes: sizes.reduce((all, { size }) => all + size, 0),
  }
}

/** An enlargement alone is smoother than a camera's file. What grain there is, is gone where a page shows the picture small. */
async function make({ file, place }: Part, { width, height }: Size, spread: number): Promise<Buffer> {
  const upright = await sharp(file)
    .autoOrient()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const part = place(upright.info.width, upright.info.height)
  const region = { ...part, height: Math.floor((part.width * height) / width) }
  const { width: rawWidth, height: rawHeight, channels } = upright.info
  const resized = sharp(upright.data, { raw: { width: rawWidth, height: rawHeight, channels } })
    .extract(region)
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
  const tile = 512
  const grain = { width: tile, height: tile, channels: 1 } as const
  if (spread > 0)
    resized.composite([{ input: makeGrain(tile, spread), raw: grain, tile: true, blend: 'soft-light' }])
  return resized.jpeg({ quality: 90, chromaSubsampling: '4:2:0' }).toBuffer()
}

async function readColour(path: string): Promise<string> {
  const { channels } = await sharp(path).resize(16, 16, { fit: 'fill' }).stats()
  return `rgb(${channels
    .slice(0, 3)
    .map(({ mean }) => Math.round(mean))
    .join(' ')})`
}
