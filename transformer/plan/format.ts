import type { VariantParameters } from '../../grammar/parameters.ts'
import type { Source } from '../original/inspect.ts'
import type { SourceFormat } from '../original/signatures.ts'

/** The formats that are written. */
export type OutputFormat = 'avif' | 'webp' | 'jpeg' | 'png' | 'gif'

export const contentTypes = {
  avif: 'image/avif',
  webp: 'image/webp',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
} as const satisfies Record<OutputFormat, string>

/** Whether `format` is written, not only read. */
export function isOutput(format: SourceFormat): format is SourceFormat & OutputFormat {
  return Object.hasOwn(contentTypes, format)
}

/** What `original` writes. TIFF and SVG are not for every browser, nor safe in every page: their pixels are kept as PNG. */
const ownFormats = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
  tiff: 'png',
  svg: 'png',
} as const satisfies Record<SourceFormat, OutputFormat>

/**
 * Pixels above which `auto` gives WebP to viewers of AVIF: 1,600 across and half as much again upright. Beyond, AVIF fits in
 * the time only at efforts that make a fifth more bytes (docs/quality.md).
 */
export const maxAutoAvifPixels = 4_000_000

/**
 * The format that is written: as asked, or for `auto` the best that the viewer's class has for this content.
 *
 * @param moves whether an animation is wanted; its formats are WebP and GIF.
 */
export function chooseFormat(
  { format: asked, lossless }: Pick<VariantParameters, 'format' | 'lossless'>,
  source: Pick<Source, 'format' | 'hasAlpha'>,
  moves: boolean,
  outputPixels: number,
): OutputFormat {
  switch (asked) {
    case 'auto.avif':
      // Lossless AVIF is larger than WebP and takes longer: see planEncoder.
      return moves || lossless || outputPixels > maxAutoAvifPixels ? 'webp' : 'avif'
    case 'auto.webp':
      return 'webp'
    case 'auto':
      if (moves) return 'gif'
      // Transparency is never lost to JPEG.
      return source.hasAlpha || lossless ? 'png' : 'jpeg'
    case 'original':
      // The pixels of a JPEG, and no others.
      return source.format === 'jpeg' && lossless ? 'png' : ownFormats[source.format]
    case 'json':
    case 'thumbhash':
    case 'blurhash':
      // Not pictures: what describes them draws one for itself.
      return 'png'
    default:
      return asked
  }
}

/** Whether `format` can hold an animation. AVIF could, but sharp writes none. */
export function canMove(format: OutputFormat): boolean {
  return format === 'webp' || format === 'gif'
}
