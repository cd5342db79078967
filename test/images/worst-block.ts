import sharp from 'sharp'

/** Pixels that a block is wide and high: a corner that is rounded otherwise is as large. */
const blockSide = 8

/**
 * How different two pictures look where they differ most: the largest mean distance in CIELAB (ΔE 1976) of any 8 × 8
 * pixels, over white or over black, whichever is larger. 2.3 is just seen side by side in one colour. Infinite where they
 * are not of one size. A mean over the whole picture, as {@link measureDistance}, would not see a corner.
 */
export async function measureWorstBlock(first: Buffer, second: Buffer): Promise<number> {
  const distances = await Promise.all(
    ['white', 'black'].map(async (background) => {
      const [a, b] = await Promise.all([toLab(first, background), toLab(second, background)])
      const sameSize = a.width === b.width && a.height === b.height
      return sameSize ? findWorst(a, b) : Number.POSITIVE_INFINITY
    }),
  )
  return Math.max(...distances)
}

interface Lab {
  width: number
  height: number
  values: Float32Array
}

async function toLab(bytes: Buffer, background: string): Promise<Lab> {
  // In two steps: sharp flattens and converts within one pipeline in an order of its own.
  const flat = await sharp(bytes).flatten({ background }).toColourspace('srgb').png().toBuffer()
  const { data, info } = await sharp(flat)
    .toColourspace('lab')
    .raw({ depth: 'float' })
    .toBuffer({ resolveWithObject: true })
  const values = new Float32Array(data.buffer, data.byteOffset, data.length / 4)
  return { width: info.width, height: info.height, values }
}

function findWorst(a: Lab, b: Lab): number {
  const [across, down] = [Math.ceil(a.width / blockSide), Math.ceil(a.height / blockSide)]
  const sums = new Float64Array(across * down)
  const counts = new Float64Array(across * down)
  for (let index = 0; index < a.width * a.height; index++) {
    const [x, y] = [index % a.width, Math.floor(index / a.width)]
    const block = Math.floor(y / blockSide) * across + Math.floor(x / blockSide)
    const [l = 0, m = 0, n = 0] = [0, 1, 2].map(
      (channel) => (a.values[index * 3 + channel] ?? 0) - (b.values[index * 3 + channel] ?? 0),
    )
    sums[block] = (sums[block] ?? 0) + Math.hypot(l, m, n)
    counts[block] = (counts[block] ?? 0) + 1
  }
  return sums.reduce((worst, sum, block) => Math.max(worst, sum / (counts[block] ?? 1)), 0)
}
