import { transparent } from '../../grammar/readers.ts'
import type { Source } from '../original/inspect.ts'
import type { TransformerSettings } from '../settings.ts'
import { type Choice, planChoice } from './candidates.ts'
import { type Encoder, planEncoder } from './encoder.ts'
import { type AskedParameters, planGravity } from './focal-point.ts'
import { canMove, chooseFormat } from './format.ts'
import { type Frames, planFrames } from './frames.ts'
import { type Geometry, padGeometry, planGeometry, type Size } from './geometry.ts'
import { checkLimits } from './limits.ts'
import { type KeptMetadata, planMetadata } from './metadata.ts'
import { readQuality } from './quality.ts'
import { planPart, type Region } from './region.ts'
import { planRetouch, type Retouch } from './retouch.ts'
import { planTurn, type Turn, turnSize } from './turn.ts'

/** Everything that the pixels need, as numbers and words. */
export interface Plan {
  frames: Frames
  /** The part of the original that is used; all of it where absent. */
  region?: Region
  /** What that part is scaled to before it is turned. */
  upright: Size
  turn?: Turn
  /** Of the picture that has been turned. */
  geometry: Geometry
  retouch?: Retouch
  /** Whether the picture, before it is laid on its background, may have transparency. */
  hasAlpha: boolean
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
 * @param trimmed what `trim` leaves of the original, which only its pixels tell.
 * @throws TransformError `over-limit`, `outside`.
 */
export function planVariant(
  given: AskedParameters,
  source: Source,
  settings: TransformerSettings,
  trimmed?: Region,
): Plan {
  const wanted = planFrames(given, source)
  const region = planPart(given.crop, source, trimmed)
  const turn = planTurn(given)
  const mayEnlarge = source.format === 'svg' || given.enlarge !== undefined
  // A strategy would choose another part in each frame.
  const strategy = given.gravity === 'attention' || given.gravity === 'entropy'
  const gravity = wanted === 'all' && strategy ? undefined : planGravity(given, source, region, turn)
  const part = turnSize(region ?? source, turn)
  const unpadded = planGeometry(part, { ...given, gravity }, mayEnlarge)
  const geometry = given.pad === undefined ? unpadded : padGeometry(unpadded, given.pad)
  const retouch = planRetouch(given, geometry.crop ?? geometry.scaled)
  const hasAlpha = source.hasAlpha || retouch?.radius !== undefined
  const pixels = geometry.output.width * geometry.output.height
  const seen = { ...source, hasAlpha }
  const format = chooseFormat(given, seen, wanted === 'all', pixels)
  const frames = wanted === 'all' && !canMove(format) ? 0 : wanted
  const count = frames === 'all' ? source.pages : 1
  checkLimits(count, geometry, source, format, settings)
  const quality = readQuality(given.quality)
  const metadata = planMetadata(given, source)
  const encoder = planEncoder(format, quality, count * pixels, given.lossless !== undefined)
  // All metadata comes from the original, not from pixels in between; all frames are too many to look at.
  const decided = frames === 'all' || metadata === 'all'
  return {
    frames,
    region,
    upright: turnSize(geometry.scaled, turn),
    turn,
    geometry,
    retouch,
    hasAlpha,
    encoder,
    choice: decided ? undefined : planChoice(given, seen, encoder, pixels),
    background: given.background ?? transparent,
    quality,
    metadata,
  }
}
