import sharp, { type Sharp } from 'sharp'

/** RGB pixels with what photographs have: a sky's gradient, an edge, grain. The same each time. */
export function drawPhotograph(width: number, height: number): Buffer {
  const pixels = Buffer.alloc(width * height * 3)
  const grain = startGrain()
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [across, down] = [x / width, y / height]
      const noise = (grain() % 17) - 8
      const hill = down > 0.6 + 0.2 * Math.sin(across * 6)
      const colour = hill ? [60 + 60 * across, 110, 50] : [90 + 100 * down, 140 + 60 * across, 210]
      for (const [index, channel] of colour.entries()) {
        pixels[(y * width + x) * 3 + index] = Math.round(channel + noise)
      }
    }
  }
  return pixels
}

/** {@link drawPhotograph}, ready to be encoded. */
export function makePhotograph(width: number, height: number): Sharp {
  return sharp(drawPhotograph(width, height), { raw: { width, height, channels: 3 } })
}

/** Pixels that no encoder can make small. */
export function makeNoise(width: number, height: number): Sharp {
  const grain = startGrain()
  const pixels = Buffer.alloc(width * height * 3).map(() => grain())
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/** Bytes of a xorshift generator that always starts alike. Source: G. Marsaglia, "Xorshift RNGs", 2003. */
function startGrain(): () => number {
  let state = 2463534242
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 8) & 0xff
  }
}
