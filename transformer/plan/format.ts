import type { VariantParameters } from '../../grammar/parameters.ts'

/** The formats that are written. */
export type OutputFormat = 'avif' | 'webp' | 'jpeg' | 'png'

export const contentTypes = {
  avif: 'image/avif',
  webp: 'image/webp',
  jpeg: 'image/jpeg',
  png: 'image/png',
} as const satisfies Record<OutputFormat, string>

/**
 * Pixels above which `auto` gives WebP to viewers of AVIF. At effort 0 AVIF takes about 0.07 s a megapixel on one
 * core, at the effort that makes it worth having ten times that; beyond this size it would not fit in the time.
 */
const maxAutoAvifPixels = 8_000_000

/** The format that is written: as asked, or for `auto` the best that the viewer's class has for this content. */
export function chooseFormat(
  asked: VariantParameters['format'],
  source: { hasAlpha: boolean },
  outputPixels: number,
): OutputFormat {
  switch (asked) {
    case 'auto.avif':
      return outputPixels > maxAutoAvifPixels ? 'webp' : 'avif'
    case 'auto.webp':
      return 'webp'
    case 'auto':
      // Transparency is never lost to JPEG.
      return source.hasAlpha ? 'png' : 'jpeg'
    default:
      return asked
  }
}
