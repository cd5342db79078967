import { encode } from 'blurhash'
import { rgbaToThumbHash } from 'thumbhash'
import type { Sample } from './sample.ts'

/** The ThumbHash of a sample, in base64: up to 25 bytes, which keep proportions and transparency. */
export function computeThumbhash({ width, height, rgba }: Sample): string {
  return Buffer.from(rgbaToThumbHash(width, height, rgba)).toString('base64')
}

/** Waves across and down that a BlurHash is made of: what its authors show, 28 characters. */
const components = { across: 4, down: 3 }

/** The BlurHash of a sample over white: it knows no transparency. */
export function computeBlurhash({ width, height, rgba }: Sample): string {
  const opaque = Uint8ClampedArray.from(rgba, (value, index) => {
    const alpha = (rgba[index | 3] ?? 255) / 255
    return (index & 3) === 3 ? 255 : value * alpha + 255 * (1 - alpha)
  })
  return encode(opaque, width, height, components.across, components.down)
}
