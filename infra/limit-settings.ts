import { expectWhole } from './setting-rules.ts'

/** What the transformer refuses to read or to make; each is checked before a pixel is decoded. */
export interface Limits {
  /** Size of an original, in bytes; larger ones are answered 415. Default 52,428,800 (50 MiB): held in memory whole, so well below it. */
  readonly maxSourceBytes: number
  /**
   * Pixels of an original, over all the frames that are used: what is decoded. Default 100,000,000: above any camera's, below
   * the decompression bombs met.
   */
  readonly maxSourcePixels: number
  /**
   * Pixels of an original in AVIF or of 16 bits a channel. Default 50,000,000: decoding takes up to 24 bytes for each (measured),
   * of others a tenth to a third of that.
   */
  readonly maxCostlySourcePixels: number
  /**
   * Frames of an animation, 1–10,000; longer ones are answered 415, a still of them is not. Default 1,000: each takes a
   * millisecond or two however small it is, and 40 s are longer than what is made a picture.
   */
  readonly maxFrames: number
  /** Pixels of a variant, over all its frames. Default 40,000,000: a 24-megapixel photograph at full size with room to spare. */
  readonly maxOutputPixels: number
  /**
   * Pixels of a variant in AVIF, where it is asked for by name: `auto` gives WebP from 8,000,000 on. Default 20,000,000: its
   * encoder takes up to 41 bytes for each (measured).
   */
  readonly maxAvifOutputPixels: number
  /** Size of an overlay, in bytes. Default 10,485,760 (10 MiB): it is held in memory beside the original. */
  readonly maxOverlayBytes: number
  /** Pixels of an overlay. Default 16,000,000: decoded it has 64 MB, beside those of the original. */
  readonly maxOverlayPixels: number
}

export const limitDefaults: Limits = {
  maxSourceBytes: 50 * 1024 * 1024,
  maxSourcePixels: 100_000_000,
  maxCostlySourcePixels: 50_000_000,
  maxFrames: 1000,
  maxOutputPixels: 40_000_000,
  maxAvifOutputPixels: 20_000_000,
  maxOverlayBytes: 10 * 1024 * 1024,
  maxOverlayPixels: 16_000_000,
}

/** Any number of pixels may be let pass: how many fit the memory depends on what they are. */
const pixelLimits = [
  'maxSourcePixels',
  'maxCostlySourcePixels',
  'maxOutputPixels',
  'maxAvifOutputPixels',
  'maxOverlayPixels',
] as const

/** Throws unless `limits` could work with so much memory. */
export function expectLimits(limits: Limits, memoryMegabytes: number): void {
  // What is read into memory whole and fills it cannot be transformed, only run out of memory.
  const mostBytes = memoryMegabytes * 1024 * 1024 - 1
  expectWhole('limits.maxSourceBytes', limits.maxSourceBytes, 1, mostBytes, 'bytes')
  expectWhole('limits.maxOverlayBytes', limits.maxOverlayBytes, 1, mostBytes, 'bytes')
  // What a URL can name as a page.
  expectWhole('limits.maxFrames', limits.maxFrames, 1, 10_000, 'frames')
  for (const name of pixelLimits) {
    expectWhole(`limits.${name}`, limits[name], 1, Number.MAX_SAFE_INTEGER, 'pixels')
  }
}

/** Returns the limits as the transformer reads them: `maxSourceBytes` as `FOVEA_MAX_SOURCE_BYTES`. */
export function limitEnvironment(limits: Limits): Readonly<Record<string, string>> {
  const spell = (name: string) => `FOVEA_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
  return Object.fromEntries(Object.entries(limits).map(([name, value]) => [spell(name), String(value)]))
}
