import assert from 'node:assert/strict'
import sharp from 'sharp'

/** A decoded picture: sRGB with alpha, 8 bits a channel. */
export interface Pixels {
  width: number
  height: number
  /** Red, green, blue and alpha, 0–255, at a place given as shares of width and height. */
  at: (across: number, down: number) => readonly number[]
}

/** Decodes a picture as a viewer does that knows neither its profile nor its orientation: all that should be gone. */
export async function decode(bytes: Buffer, page = 0): Promise<Pixels> {
  const { data, info } = await sharp(bytes, { page, ignoreIcc: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const at = (across: number, down: number) => {
    const x = Math.min(width - 1, Math.floor(across * width))
    const y = Math.min(height - 1, Math.floor(down * height))
    return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)]
  }
  return { width, height, at }
}

/** Whether no channel of `actual` is further than `tolerance` from `expected`, of which alpha may be left out. */
export function isNear(actual: readonly number[], expected: readonly number[], tolerance: number): boolean {
  return expected.every((channel, index) => Math.abs(channel - (actual[index] ?? Number.NaN)) <= tolerance)
}

/** Fails unless {@link isNear}. */
export function assertNear(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
  what = 'colour',
): void {
  const message = `expected ${what} within ${tolerance} of ${expected.join()} but received ${actual.join()}`
  assert.ok(isNear(actual, expected, tolerance), message)
}

/**
 * How different two pictures look: the mean distance in CIELAB (ΔE 1976) of both at 64 × 64, over white. Below 2.3 few
 * people see it in one colour; a picture turned, shifted or stacked is far above 10.
 */
export async function measureDistance(first: Buffer, second: Buffer): Promise<number> {
  const [a, b] = await Promise.all([shrink(first), shrink(second)])
  let sum = 0
  for (let index = 0; index < a.length; index += 3) {
    const [l = 0, m = 0, n = 0] = [0, 1, 2].map((each) => (a[index + each] ?? 0) - (b[index + each] ?? 0))
    sum += Math.hypot(l, m, n)
  }
  return (sum / a.length) * 3
}

async function shrink(bytes: Buffer): Promise<Float32Array> {
  // In two steps: sharp flattens and converts within one pipeline in an order of its own.
  const small = await sharp(bytes)
    .flatten({ background: 'white' })
    .resize(64, 64, { fit: 'fill' })
    .toColourspace('srgb')
    .png()
    .toBuffer()
  const lab = await sharp(small).toColourspace('lab').raw({ depth: 'float' }).toBuffer()
  return new Float32Array(lab.buffer, lab.byteOffset, lab.length / 4)
}
