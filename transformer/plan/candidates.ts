import type { VariantParameters } from '../../grammar/parameters.ts'
import type { Content } from '../content.ts'
import type { Source } from '../original/inspect.ts'
import { type Encoder, planEncoder } from './encoder.ts'

/** What the content may still decide of the encoder. */
export type Choice = 'auto' | 'auto.webp' | 'auto.avif' | 'png'

/**
 * Pixels up to which a picture is looked at before it is encoded: it must be in memory as it is. It depends on size alone, so
 * that the same URL gives the same bytes.
 */
const maxPixels = 8_000_000

/** Colours that a PNG's palette can hold. */
const maxPalette = 256

/**
 * What makes a picture a graphic, which may be smaller without loss. Measured 2026-11 at 200, 800 and 1600 px: six photographs, a
 * painting and a screenshot full of them have a flatness of 0.02–0.47 and 4,251 to over 300,000 colours, and take 5 to 30 times
 * their lossy bytes, so that to try would only take time; text, logos, a test pattern and cartoons 0.54–1.00 and 7–3,128.
 */
const graphic = { minFlatness: 0.5, maxColours: 4096 }

/** Width and height below which a picture is so small that the container's own bytes count. */
const tinySide = 64

/** What is left to decide once the pixels are there; undefined where nothing is. */
export function planChoice(
  { format, lossless }: Pick<VariantParameters, 'format' | 'lossless'>,
  source: Pick<Source, 'depth'>,
  encoder: Encoder,
  pixels: number,
): Choice | undefined {
  // Deeper ones become sRGB only on the way out: see render.ts.
  if (source.depth !== 'uchar' || pixels > maxPixels) return undefined
  if (encoder.format === 'png' && (lossless || format !== 'auto')) return 'png'
  return !lossless && (format === 'auto' || format === 'auto.webp' || format === 'auto.avif')
    ? format
    : undefined
}

/**
 * The encoders of which the smallest result is taken; of equals the first, which is the one that loses nothing.
 *
 * @param encoder what was planned without knowledge of the content.
 * @param content with its detail where AVIF was planned: see detail.ts.
 */
export function planCandidates(
  choice: Choice,
  encoder: Encoder,
  quality: number,
  content: Content & { detail?: number },
  { width, height }: { width: number; height: number },
): readonly Encoder[] {
  const pixels = width * height
  const plan = (format: Encoder['format'], lossless = false) => planEncoder(format, quality, pixels, lossless)
  const png = content.colours <= maxPalette ? [planPalette(), plan('png')] : [plan('png')]
  if (choice === 'png' || (choice === 'auto' && !content.opaque)) return png
  const tiny = width < tinySide && height < tinySide
  const { minFlatness, maxColours } = graphic
  const isGraphic = content.flatness >= minFlatness && content.colours <= maxColours
  const both = tiny || isGraphic
  if (choice === 'auto') return both ? [...png, plan('jpeg')] : [plan('jpeg')]
  const lossy = planEncoder(encoder.format, quality, pixels, false, content.detail)
  // AVIF spends 300 bytes before the first pixel.
  return both ? [plan('webp', true), tiny ? plan('webp') : lossy] : [lossy]
}

/** Exact where no more colours are used than it holds, but under what is not seen (measured); dithering would only add. */
function planPalette(): Encoder {
  return { format: 'png', options: { palette: true, quality: 100, dither: 0, compressionLevel: 9 } }
}
