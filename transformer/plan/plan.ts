import type { VariantParameters } from '../../grammar/parameters.ts'
import { transparent } from '../../grammar/readers.ts'
import type { Source } from '../original/inspect.ts'
import type { TransformerSettings } from '../settings.ts'
import { TransformError } from '../transform-error.ts'
import { type Choice, planChoice } from './candidates.ts'
import { type Encoder, planEncoder } from './encoder.ts'
import { canMove, chooseFormat } from './format.ts'
import { type Frames, planFrames } from './frames.ts'
import { type Geometry, planGeometry } from './geometry.ts'
import { type KeptMetadata, planMetadata } from './metadata.ts'
import { readQuality } from './quality.ts'
import { planRegion, type Region } from './region.ts'

/** Everything that the pixels need, as numbers and words. */
export interface Plan {
  frames: Frames
  /** The part of the original that is used; all of it where absent. */
  region?: Region
  geometry: Geometry
  encoder: Encoder
  /** `rrggbb` or `rrggbbaa` under the picture. */
  background: string
  /** What the pixels may still change of the encoder. */
  choice?: Choice
  /** 1–100 on the one scale, whether or not the encoder has one. */
  quality: number
  metadata: KeptMetadata
}

/**
 * What will be done to make the variant that `given` asks of `source`.
 *
 * @throws TransformError `over-limit`, `outside`.
 */
export function planVariant(given: VariantParameters, source: Source, settings: TransformerSettings): Plan {
  const wanted = planFrames(given, source)
  const region = given.crop === undefined ? undefined : planRegion(given.crop, source)
  const mayEnlarge = source.format === 'svg' || given.enlarge !== undefined
  // A strategy would choose another part in each frame.
  const strategy = given.gravity === 'attention' || given.gravity === 'entropy'
  const gravity = wanted === 'all' && strategy ? undefined : given.gravity
  const geometry = planGeometry(region ?? source, { ...given, gravity }, mayEnlarge)
  const pixels = geometry.output.width * geometry.output.height
  const format = chooseFormat(given, source, wanted === 'all', pixels)
  const frames = wanted === 'all' && !canMove(format) ? 0 : wanted
  const count = frames === 'all' ? source.pages : 1
  checkLimits(count, geometry, source, settings)
  const quality = readQuality(given.quality)
  const metadata = planMetadata(given, source)
  const encoder = planEncoder(format, quality, count * pixels, given.lossless !== undefined)
  // All metadata comes from the original, not from pixels in between; all frames are too many to look at.
  const decided = frames === 'all' || metadata === 'all'
  return {
    frames,
    region,
    geometry,
    encoder,
    choice: decided ? undefined : planChoice(given, source, encoder, pixels),
    background: given.background ?? transparent,
    quality,
    metadata,
  }
}

/** Frames that an animation may have: each is shaped by itself, at a millisecond or two even where it is small. */
const maxFrames = 1000

function checkLimits(
  frames: number,
  { scaled, output }: Geometry,
  source: Source,
  settings: TransformerSettings,
): void {
  const { maxSourcePixels, maxOutputPixels } = settings
  if (frames > maxFrames) {
    throw new TransformError('over-limit', `at most ${maxFrames} frames, or animated=0`, String(frames))
  }
  const count = frames > 1 ? `${frames} frames of ` : ''
  if (frames * source.width * source.height > maxSourcePixels) {
    const expected = `an original of at most ${maxSourcePixels} pixels, or animated=0`
    throw new TransformError('over-limit', expected, `${count}${source.width} × ${source.height}`)
  }
  // What is scaled before it is cut must fit as well as what comes out.
  const largest = Math.max(scaled.width * scaled.height, output.width * output.height)
  if (frames * largest > maxOutputPixels) {
    const expected = `a variant of at most ${maxOutputPixels} pixels`
    throw new TransformError('over-limit', expected, `${count}${output.width} × ${output.height}`)
  }
}
