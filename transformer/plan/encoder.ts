import type { AvifOptions, GifOptions, JpegOptions, PngOptions, WebpOptions } from 'sharp'
import { planAvif } from './avif.ts'
import { maxAutoAvifPixels, type OutputFormat } from './format.ts'
import { scaleQuality } from './quality.ts'

/** The encoder and its options, as sharp takes them. */
export type Encoder =
  | { format: 'avif'; options: AvifOptions }
  | { format: 'webp'; options: WebpOptions }
  | { format: 'jpeg'; options: JpegOptions }
  | { format: 'png'; options: PngOptions }
  | { format: 'gif'; options: GifOptions }

/** Whether the encoder leaves out what is hard to see, as much as its quality says. */
export function isLossy({ format, options }: Encoder): boolean {
  return format === 'jpeg' || ((format === 'webp' || format === 'avif') && !options.lossless)
}

/**
 * The encoder for `pixels` (of all frames) at `quality` (1–100 on the one scale), which counts for nothing where every
 * pixel is kept. Decided by content and size alone, never by elapsed time: the same URL must give the same bytes.
 *
 * @param detail see detail.ts; by default that of a photograph.
 */
export function planEncoder(
  format: OutputFormat,
  quality: number,
  pixels: number,
  lossless = false,
  detail?: number,
): Encoder {
  if (lossless && format === 'webp') return { format, options: planLosslessWebp(pixels) }
  if (lossless && format === 'avif') return { format, options: planLosslessAvif(pixels) }
  switch (format) {
    case 'avif':
      return { format, options: planAvif(scaleQuality(quality, 'avif'), pixels, detail) }
    case 'webp':
      // Effort 2 is 10 % larger and takes 0.45 × the time: worth it only where effort 4 takes long. Where WebP stands in for
      // AVIF because of the time that takes, it takes little itself. Transparency is kept whole, as sharp does by default:
      // alphaQuality 80 costs 1–3 points of score.
      return {
        format,
        options: { quality: scaleQuality(quality, 'webp'), effort: pixels > maxAutoAvifPixels ? 2 : 4 },
      }
    case 'jpeg':
      // 9 % fewer bytes than the defaults for 8 ms instead of 5; full mozjpeg saves 4 % more for 35.
      return {
        format,
        options: { quality: scaleQuality(quality, 'jpeg'), progressive: true, quantisationTable: 3 },
      }
    case 'png':
      return { format, options: { compressionLevel: 9 } }
    case 'gif':
      // Effort 4 is 4 % larger than 7 in a third of the time, which a hundred frames need.
      return { format, options: { effort: 4 } }
  }
}

/** 0.4 megapixels of a photograph: effort 0 461 kB in 79 ms, 2 390 kB in 232 ms, 4 382 kB in 292 ms, 6 378 kB in 531 ms. */
function planLosslessWebp(pixels: number): WebpOptions {
  return { lossless: true, effort: pixels <= 2_000_000 ? 2 : 0 }
}

/** The same: effort 0 593 kB in 138 ms, 1 520 kB in 367 ms, 2 493 kB in 558 ms. Ten bits would keep what never was: 979 kB. */
function planLosslessAvif(pixels: number): AvifOptions {
  return { lossless: true, effort: pixels <= 700_000 ? 1 : 0, bitdepth: 8 }
}
