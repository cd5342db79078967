/**
 * Returns a square tile of grey noise, one byte a pixel, mean 128, to be repeated over an image as film grain.
 * The same bytes every time, so that a sample's ETag is the same on every machine.
 *
 * @param sizePixels side of the tile
 * @param spread largest distance from grey, 0–127
 */
export function makeGrain(sizePixels: number, spread: number): Buffer {
  const random = seededRandom(0x0f0e4a)
  const tile = Buffer.alloc(sizePixels * sizePixels)
  // The mean of three draws is close enough to a bell curve for grain.
  for (let i = 0; i < tile.length; i++) {
    tile[i] = Math.round(128 + spread * ((2 * (random() + random() + random())) / 3 - 1))
  }
  return tile
}

/** Returns a generator of numbers from 0 up to 1 that gives the same sequence for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
