import { makeEndlessGif } from './animation.ts'
import { makeBigPng } from './big-png.ts'
import { drawSvg } from './drawing.ts'
import { makePhotograph } from './photograph.ts'

/** Small files that claim, or are, far more pixels than anybody would serve. */
export const oversized: Readonly<Record<string, () => Buffer | Promise<Buffer>>> = {
  'a PNG of 50,000 × 50,000': () => makeBigPng(50_000, 50_000),
  'a PNG of 12,000 × 12,000': () => makeBigPng(12_000, 12_000),
  'a JPEG that claims 65,500 × 65,500': async () => {
    const jpeg = await makePhotograph(64, 64).jpeg().toBuffer()
    // Start of frame: marker, length, precision, then height and width. Source: ITU T.81, B.2.2.
    const frame = jpeg.indexOf(Buffer.from('ffc0', 'hex'))
    jpeg.writeUInt16BE(65_500, frame + 5)
    jpeg.writeUInt16BE(65_500, frame + 7)
    return jpeg
  },
  'a GIF of 5000 frames of 2000 × 2000': () => makeEndlessGif(5000, 2000),
  'a TIFF that claims a million squared': makeHugeTiff,
  'an SVG with a huge viewBox': () =>
    drawSvg('viewBox="0 0 10000000 10000000"', '<rect width="9" height="9"/>'),
  'an SVG of huge width and height': () =>
    drawSvg('width="99999" height="99999"', '<rect width="9" height="9"/>'),
}

/** A directory of nine entries that promise one strip. Source: TIFF 6.0, section 2. */
function makeHugeTiff(): Buffer {
  const entries: readonly (readonly [tag: number, type: 3 | 4, value: number])[] = [
    [256, 4, 1_000_000],
    [257, 4, 1_000_000],
    [258, 3, 8],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 4, 1_000_000],
    [279, 4, 8],
  ]
  const tiff = Buffer.alloc(16 + 2 + entries.length * 12 + 4)
  tiff.write('II*\0', 'latin1')
  tiff.writeUInt32LE(16, 4)
  tiff.writeUInt16LE(entries.length, 16)
  for (const [index, [tag, type, value]] of entries.entries()) {
    const at = 18 + index * 12
    tiff.writeUInt16LE(tag, at)
    tiff.writeUInt16LE(type, at + 2)
    tiff.writeUInt32LE(1, at + 4)
    tiff.writeUInt32LE(value, at + 8)
  }
  return tiff
}
