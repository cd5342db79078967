import { deflateSync } from 'node:zlib'
import { makeAnimation } from './animation.ts'
import { makeBox } from './foreign-formats.ts'
import { makePhotograph } from './photograph.ts'
import { makePng } from './png-chunks.ts'

/** Files that begin like pictures and are none to their end. */
export const damaged: Readonly<Record<string, () => Buffer | Promise<Buffer>>> = {
  'half a JPEG': () => truncate('jpeg', 0.5),
  'half a progressive JPEG': async () =>
    halve(await makePhotograph(400, 300).jpeg({ progressive: true }).toBuffer()),
  'a JPEG of 100 bytes': async () => (await truncate('jpeg', 1)).subarray(0, 100),
  'noise behind the start of a JPEG': () => Buffer.concat([Buffer.from('ffd8ff', 'hex'), makeNoiseBytes()]),
  'half a PNG': () => truncate('png', 0.5),
  'a PNG of zero width': () =>
    makePng({ width: 0, height: 10, depth: 8, colourType: 2 }, deflateSync(Buffer.alloc(10))),
  'a PNG whose picture is not compressed': () =>
    makePng({ width: 10, height: 10, depth: 8, colourType: 2 }, Buffer.alloc(310)),
  'a PNG with a wrong checksum': async () => {
    const png = await truncate('png', 1)
    png.writeUInt8(png.readUInt8(100) ^ 0xff, 100)
    return png
  },
  'half a WebP': () => truncate('webp', 0.5),
  'a lossless WebP without its last quarter': async () => {
    const webp = await makePhotograph(400, 300).webp({ lossless: true }).toBuffer()
    return webp.subarray(0, webp.length * 0.75)
  },
  'half an AVIF': () => truncate('avif', 0.5),
  'an AVIF of its first box alone': () => makeBox('avif', 'mif1', 'avif'),
  'a TIFF whose directory is itself': () => Buffer.from('49492a0008000000010000000800', 'hex'),
  'half a TIFF': () => truncate('tiff', 0.5),
  'a GIF without frames': () => Buffer.from('GIF89a\x0a\0\x0a\0\0\0\0;', 'latin1'),
  'a GIF that ends in its first frame': async () => (await makeAnimation('gif', 200, 200)).subarray(0, 60),
  'an SVG that does not end': () =>
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'),
}

async function truncate(format: 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff', share: number): Promise<Buffer> {
  const whole = await makePhotograph(400, 300).toFormat(format).toBuffer()
  return whole.subarray(0, Math.floor(whole.length * share))
}

function halve(whole: Buffer): Buffer {
  return whole.subarray(0, Math.floor(whole.length / 2))
}

function makeNoiseBytes(): Buffer {
  return Buffer.from(Array.from({ length: 8192 }, (_, index) => (index * index * 31 + index * 7) & 0xff))
}
