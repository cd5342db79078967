import type { SourceFormat } from '../../../transformer/original/signatures.ts'
import { makeAnimatedPng } from '../../images/animated-png.ts'
import { convertToSrgb } from '../../images/colour-math.ts'
import { makeDeepPatches, patches, patchSide } from '../../images/colour-patches.ts'
import { drawSvg } from '../../images/drawing.ts'
import { addGainMap } from '../../images/gain-map.ts'
import { makeIccProfile, type SpaceName } from '../../images/icc-profile.ts'
import { embedProfile as embedInJpeg } from '../../images/jpeg-segments.ts'
import { embedProfile as embedInPng } from '../../images/png-chunks.ts'
import {
  type Colours,
  columns,
  cutOutPatches,
  makeChart,
  makeFrames,
  makeOrientedChart,
  movingPatches,
  size,
  transparentPatches,
} from './chart.ts'

/** An original of the matrix. */
export interface Source {
  format: SourceFormat
  make: () => Promise<Buffer>
  /** What a viewer sees, in sRGB, upright; of each frame where it moves. Default: the patches, in one frame. */
  frames?: readonly Colours[]
  /** Pages of a document, of which the first is shown. */
  pages?: number
  /** Of 255, beyond that of the target: what the original's own coding has lost. Default 1. */
  error?: number
}

/**
 * Of 255. Inks do not reach the black and white of a screen, so that greys come back up to 18 darker; browsers differ by as
 * much (Chromium 156 shows the grey of 128 as 108,94,96, sharp as 110,110,109). A negative is off by 75.
 */
const inks = 20

const best = { quality: 100, chromaSubsampling: '4:4:4' } as const

/** Patches of another space, as sRGB. */
const convert = (space: SpaceName): readonly Colours[] => [
  patches.map((colour) => convertToSrgb(colour, space)),
]

const jpeg = (colours?: Colours) => makeChart(colours).jpeg(best).toBuffer()
const png = (colours?: Colours) => makeChart(colours).png().toBuffer()
const deep = () => makeDeepPatches(patches, columns)

const oriented = Object.fromEntries(
  [1, 2, 3, 4, 5, 6, 7, 8].map((orientation): [string, Source] => [
    `a JPEG of orientation ${orientation}`,
    { format: 'jpeg', error: 2, make: () => makeOrientedChart(orientation).jpeg(best).toBuffer() },
  ]),
)

/** Every kind of original, by what it is. */
export const sources: Readonly<Record<string, Source>> = {
  'a JPEG': { format: 'jpeg', error: 2, make: () => jpeg() },
  'a progressive JPEG': {
    format: 'jpeg',
    error: 2,
    make: () =>
      makeChart()
        .jpeg({ ...best, progressive: true })
        .toBuffer(),
  },
  'a JPEG of grey': {
    format: 'jpeg',
    error: 2,
    frames: [patches.map(([red]) => [red, red, red])],
    make: () =>
      makeChart(patches.map(([red]) => [red, red, red]))
        .toColourspace('b-w')
        .jpeg(best)
        .toBuffer(),
  },
  'a JPEG of CMYK': {
    format: 'jpeg',
    error: inks,
    make: () => makeChart().toColourspace('cmyk').jpeg(best).toBuffer(),
  },
  'a JPEG of CMYK with a profile': {
    format: 'jpeg',
    error: inks,
    make: () => makeChart().withIccProfile('cmyk').toColourspace('cmyk').jpeg(best).toBuffer(),
  },
  'a JPEG of Adobe RGB': {
    format: 'jpeg',
    error: 3,
    frames: convert('adobe-rgb'),
    make: async () => embedInJpeg(await jpeg(), makeIccProfile('adobe-rgb')),
  },
  'a JPEG of Display P3': {
    format: 'jpeg',
    error: 3,
    frames: convert('display-p3'),
    make: async () => embedInJpeg(await jpeg(), makeIccProfile('display-p3')),
  },
  ...oriented,
  'an UltraHDR JPEG': {
    format: 'jpeg',
    error: 2,
    make: async () => addGainMap(await jpeg(), await makeChart().negate().greyscale().jpeg().toBuffer()),
  },
  'a PNG': { format: 'png', make: () => png() },
  'a PNG of 16 bits': { format: 'png', make: () => deep().png().toBuffer() },
  'a PNG of 16 bits of Display P3': {
    format: 'png',
    error: 2,
    frames: convert('display-p3'),
    make: async () => embedInPng(await deep().png().toBuffer(), makeIccProfile('display-p3')),
  },
  'an indexed PNG': { format: 'png', make: () => makeChart().png({ palette: true, dither: 0 }).toBuffer() },
  'a PNG with alpha': { format: 'png', frames: [transparentPatches], make: () => png(transparentPatches) },
  'an indexed PNG with alpha': {
    format: 'png',
    error: 2,
    frames: [transparentPatches],
    make: () => makeChart(transparentPatches).png({ palette: true, dither: 0 }).toBuffer(),
  },
  // Its first frame: browsers move it, sharp does not read the others.
  'an APNG': {
    format: 'png',
    make: async () => makeAnimatedPng(await png(), await png([...patches].reverse())),
  },
  'a lossy WebP': { format: 'webp', error: 4, make: () => makeChart().webp({ quality: 100 }).toBuffer() },
  'a lossless WebP': { format: 'webp', make: () => makeChart().webp({ lossless: true }).toBuffer() },
  'a lossy WebP with alpha': {
    format: 'webp',
    error: 4,
    frames: [transparentPatches],
    make: () => makeChart(transparentPatches).webp({ quality: 100 }).toBuffer(),
  },
  'a lossless WebP with alpha': {
    format: 'webp',
    frames: [transparentPatches],
    make: () => makeChart(transparentPatches).webp({ lossless: true }).toBuffer(),
  },
  'an animated WebP': {
    format: 'webp',
    frames: movingPatches,
    make: async () => (await makeFrames()).webp({ lossless: true }).toBuffer(),
  },
  'an AVIF of 8 bits': {
    format: 'avif',
    error: 4,
    make: () =>
      makeChart()
        .avif({ ...best, bitdepth: 8, effort: 1 })
        .toBuffer(),
  },
  'an AVIF of 10 bits': {
    format: 'avif',
    error: 4,
    make: () =>
      makeChart()
        .avif({ ...best, bitdepth: 10, effort: 1 })
        .toBuffer(),
  },
  'an AVIF with alpha': {
    format: 'avif',
    error: 4,
    frames: [transparentPatches],
    make: () =>
      makeChart(transparentPatches)
        .avif({ ...best, effort: 1 })
        .toBuffer(),
  },
  'a GIF': { format: 'gif', make: () => makeChart().gif().toBuffer() },
  'an animated GIF': {
    format: 'gif',
    frames: movingPatches,
    make: async () => (await makeFrames()).gif().toBuffer(),
  },
  'a transparent GIF': {
    format: 'gif',
    frames: [cutOutPatches],
    make: () => makeChart(cutOutPatches).gif().toBuffer(),
  },
  'a TIFF': { format: 'tiff', make: () => makeChart().tiff({ compression: 'none' }).toBuffer() },
  'a TIFF in LZW': { format: 'tiff', make: () => makeChart().tiff({ compression: 'lzw' }).toBuffer() },
  'a TIFF of 16 bits': { format: 'tiff', make: () => deep().tiff({ compression: 'deflate' }).toBuffer() },
  'a TIFF of CMYK': {
    format: 'tiff',
    error: inks,
    make: () => makeChart().toColourspace('cmyk').tiff({ compression: 'lzw' }).toBuffer(),
  },
  'a TIFF with alpha': {
    format: 'tiff',
    frames: [transparentPatches],
    make: () => makeChart(transparentPatches).tiff({ compression: 'lzw' }).toBuffer(),
  },
  'a TIFF of three pages': {
    format: 'tiff',
    pages: 3,
    make: async () => (await makeFrames()).removeAlpha().tiff({ compression: 'lzw' }).toBuffer(),
  },
  'an SVG': { format: 'svg', frames: [transparentPatches], make: async () => drawChart() },
}

/** The chart with alpha, as rectangles. */
function drawChart(): Buffer {
  const rectangles = transparentPatches.map(([r, g, b, alpha = 255], index) => {
    const [x, y] = [(index % columns) * patchSide, Math.floor(index / columns) * patchSide]
    return `<rect x="${x}" y="${y}" width="${patchSide}" height="${patchSide}" fill="rgb(${r},${g},${b})" fill-opacity="${alpha / 255}"/>`
  })
  return drawSvg(`width="${size.width}" height="${size.height}"`, rectangles.join(''))
}
