import sharp from 'sharp'
import { makeEndlessGif } from './animation.ts'
import { makeBigPng } from './big-png.ts'
import { drawSvg } from './drawing.ts'
import { insertSegment } from './jpeg-segments.ts'
import { makePhotograph } from './photograph.ts'
import { insertChunk, makeChunk } from './png-chunks.ts'
import { packZeros } from './zeros.ts'

/** Bytes that a bomb unpacks to. */
const bombBytes = 1_000_000_000

const png = makePhotograph(64, 48).png()
const jpeg = makePhotograph(64, 48).jpeg()

const text = (before: string, bytes: Buffer) => Buffer.concat([Buffer.from(before, 'latin1'), bytes])

/** A picture of one colour, just below the limit of pixels. */
const fill = (channels: 3 | 4) =>
  sharp({
    create: { width: 9990, height: 9990, channels, background: { r: 9, g: 99, b: 9, alpha: 0.5 } },
    limitInputPixels: false,
  })

/** Small files of as many pixels as are read. */
export const large: Readonly<Record<string, () => Buffer | Promise<Buffer>>> = {
  'an interlaced PNG of 100 million pixels': () => makeBigPng(9990, 9990, { depth: 8, colourType: 6 }, true),
  'an interlaced PNG of 50 million pixels of 16 bits': () =>
    makeBigPng(7070, 7070, { depth: 16, colourType: 6 }, true),
  'a progressive JPEG of 100 million pixels': () => fill(3).jpeg({ progressive: true }).toBuffer(),
  'a WebP of 100 million pixels, lying on its side': () =>
    fill(4).withMetadata({ orientation: 6 }).webp({ lossless: true, effort: 0 }).toBuffer(),
}

/** Small files that are much to read beside their pixels, or whose pixels are of a shape that nobody has in mind. */
export const odd: Readonly<Record<string, () => Buffer | Promise<Buffer>>> = {
  'an interlaced PNG of 100 million pixels of 16 bits': () =>
    makeBigPng(9990, 9990, { depth: 16, colourType: 6 }, true),
  'a GIF of 1000 frames': () => makeEndlessGif(1000, 316),
  'a PNG of 1 × 20,000': () => makeBigPng(1, 20_000, { depth: 8, colourType: 2 }),
  'a PNG of 20,000 × 1': () => makeBigPng(20_000, 1, { depth: 8, colourType: 2 }),
  'an SVG of 1 × 20,000': () => drawSvg('width="1" height="20000"', '<rect width="1" height="20000"/>'),
  'an SVG of 20,000 × 1': () => drawSvg('width="20000" height="1"', '<rect width="20000" height="1"/>'),
  'a PNG of 100,000 chunks': async () => {
    const bytes = await png.clone().toBuffer()
    const chunk = makeChunk('tEXt', Buffer.from('a\0b'))
    return Buffer.concat([bytes.subarray(0, 33), ...Array<Buffer>(100_000).fill(chunk), bytes.subarray(33)])
  },
  'a PNG whose text unpacks to a gigabyte': async () =>
    insertChunk(await png.clone().toBuffer(), 'zTXt', text('a\0\0', packZeros(bombBytes))),
  'a PNG whose XMP unpacks to a gigabyte': async () =>
    insertChunk(
      await png.clone().toBuffer(),
      'iTXt',
      text('XML:com.adobe.xmp\0\x01\0\0\0', packZeros(bombBytes)),
    ),
  'a PNG whose profile unpacks to a gigabyte': async () =>
    insertChunk(await png.clone().toBuffer(), 'iCCP', text('a\0\0', packZeros(bombBytes))),
  'a PNG with EXIF of 10 MB': async () =>
    insertChunk(await png.clone().toBuffer(), 'eXIf', text('II*\0\x08\0\0\0', Buffer.alloc(10e6, 1))),
  'a JPEG with a profile of 16 MB': async () => {
    const parts = Array.from({ length: 255 }, (_, at) =>
      text('ICC_PROFILE\0', Buffer.concat([Buffer.from([255 - at, 255]), Buffer.alloc(65_000, 7)])),
    )
    const bytes = await jpeg.clone().toBuffer()
    const segments = parts.map((part) => insertSegment(Buffer.alloc(2), 0xffe2, part).subarray(2))
    return Buffer.concat([bytes.subarray(0, 2), ...segments.reverse(), bytes.subarray(2)])
  },
  'a JPEG of 100,000 segments': async () => {
    const bytes = await jpeg.clone().toBuffer()
    const segment = insertSegment(bytes, 0xffe1, Buffer.alloc(8)).subarray(2, 14)
    return Buffer.concat([bytes.subarray(0, 2), ...Array<Buffer>(100_000).fill(segment), bytes.subarray(2)])
  },
  'a JPEG with a broken profile': async () =>
    insertSegment(
      await jpeg.clone().toBuffer(),
      0xffe2,
      text('ICC_PROFILE\0\x01\x01', Buffer.alloc(3000, 0xff)),
    ),
  'a JPEG with EXIF that refers to itself': async () =>
    insertSegment(
      await jpeg.clone().toBuffer(),
      0xffe1,
      // One entry, the EXIF directory, at the very place where the directory is.
      text(
        'Exif\0\0II*\0\x08\0\0\0\x02\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x12\x01\x03\0\x01\0\0\0\xff\xff\0\0\x08\0\0\0',
        Buffer.alloc(0),
      ),
    ),
}
