import type { VariantParameters } from '../../grammar/parameters.ts'
import { readExif } from '../original/exif.ts'
import type { Source } from '../original/inspect.ts'
import type { AskedParameters } from '../plan/focal-point.ts'
import { readCredit } from '../plan/metadata.ts'
import { findDominantColour } from './dominant-colour.ts'
import { computeThumbhash } from './placeholders.ts'
import type { Sample } from './sample.ts'

/**
 * What is known of an original, as JSON: its size upright in pixels, its format and bytes, how it moves, its focal point where
 * it has one, its colours, and a placeholder. Who made it, when and where is told only where `metadata` asks, the place only with all.
 */
export function formatJson(
  sample: Sample,
  { metadata, focalPoint }: Pick<AskedParameters, 'metadata' | 'focalPoint'>,
  source: Source,
  sourceBytes: number,
): string {
  return JSON.stringify({
    width: source.width,
    height: source.height,
    format: source.format,
    bytes: sourceBytes,
    alpha: source.hasAlpha,
    animated: source.animated,
    ...describePages(source),
    orientation: source.orientation ?? 1,
    colourSpace: source.space,
    focalPoint: describePoint(focalPoint),
    dominant: findDominantColour(sample),
    thumbhash: computeThumbhash(sample),
    ...describeMaking(metadata, source),
  })
}

/** As two numbers, for who places a picture by CSS. */
function describePoint(focalPoint: string | undefined) {
  const [x, y] = focalPoint?.split('_').map(Number) ?? []
  return focalPoint === undefined ? undefined : { x, y }
}

function describePages({ animated, pages, timing }: Source) {
  if (!animated) return pages > 1 ? { pages } : {}
  const delays = timing?.delay ?? []
  return { frames: pages, durationMs: delays.reduce((sum, delay) => sum + delay, 0), loop: timing?.loop ?? 0 }
}

function describeMaking(metadata: VariantParameters['metadata'], source: Source) {
  if (metadata !== 'copyright' && metadata !== 'all') return {}
  const { takenAt, place } = source.exif ? readExif(source.exif) : {}
  const { artist, copyright } = readCredit(source)
  return { takenAt, artist, copyright, ...(metadata === 'all' && { place }) }
}
