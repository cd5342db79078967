import sharp from 'sharp'
import { makeQuadrants } from './quadrants.ts'

/** The frames of {@link makeAnimation}, in order. */
export const frames = [
  [200, 40, 40],
  [40, 180, 40],
  [40, 40, 200],
] as const

/** How long each frame is shown, in milliseconds. */
const delay = [80, 120, 40]

/** An animation of one colour a frame. */
export function makeAnimation(format: 'gif' | 'webp', width: number, height: number): Promise<Buffer> {
  const pixels = Buffer.concat(frames.map((colour) => Buffer.alloc(width * height * 3, Buffer.from(colour))))
  return sharp(pixels, { raw: { width, height: height * frames.length, channels: 3, pageHeight: height } })
    .toFormat(format, { delay, ...(format === 'webp' && { lossless: true }) })
    .toBuffer()
}

/** An animation of three frames of {@link makeQuadrants}, which differ by a dot in their middle. */
export async function makeTurningAnimation(
  format: 'gif' | 'webp',
  width: number,
  height: number,
): Promise<Buffer> {
  const quadrants = await makeQuadrants(width, height).raw().toBuffer()
  const pixels = frames.map((colour) => {
    const frame = Buffer.from(quadrants)
    frame.set(colour, (Math.floor(height / 2) * width + Math.floor(width / 2)) * 3)
    return frame
  })
  const raw = { width, height: height * frames.length, channels: 3, pageHeight: height } as const
  return sharp(Buffer.concat(pixels), { raw })
    .toFormat(format, { delay, ...(format === 'webp' && { lossless: true }) })
    .toBuffer()
}

/**
 * A GIF of `count` frames of one pixel each on a canvas of `side` × `side`: small to store, `count` × `side`² pixels to
 * whoever decodes all of it. Source: GIF89a specification.
 */
export function makeEndlessGif(count: number, side: number): Buffer {
  const header = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1')
  header.writeUInt16LE(side, 6)
  header.writeUInt16LE(side, 8)
  const control = Buffer.from('21f904000a000000', 'hex')
  // One pixel: code size 2, then clear, 0 and end as codes of 3 bits.
  const frame = Buffer.from('2c0000000001000100000202440100', 'hex')
  const each = Buffer.concat([control, frame])
  return Buffer.concat([header, ...Array<Buffer>(count).fill(each), Buffer.from(';')])
}
