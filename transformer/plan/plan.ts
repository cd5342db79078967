import type { VariantParameters } from '../../grammar/parameters.ts'
import { transparent } from '../../grammar/readers.ts'
import type { Source } from '../original/inspect.ts'
import type { TransformerSettings } from '../settings.ts'
import { type Encoder, planEncoder } from './encoder.ts'
import { canMove, chooseFormat } from './format.ts'
import { type Frames, planFrames } from './frames.ts'
import { type Geometry, padGeometry, planGeometry, type Size } from './geometry.ts'
import { checkLimits } from './limits.ts'
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
  /** 1–100 on the one scale; undefined where the format has none. */
  quality?: number
}

/**
 * What will be done to make the variant that `given` asks of `source`.
 *
 * @param trimmed what `trim` leaves of the original, which only its pixels tell.
 * @throws TransformError `over-limit`, `outside`.
 */
export function planVariant(
  given: VariantParameters,
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
  const gravity = wanted === 'all' && strategy ? undefined : given.gravity
  const part = turnSize(region ?? source, turn)
  const unpadded = planGeometry(part, { ...given, gravity }, mayEnlarge)
  const geometry = given.pad === undefined ? unpadded : padGeometry(unpadded, given.pad)
  const retouch = planRetouch(given, geometry.crop ?? geometry.scaled)
  const hasAlpha = source.hasAlpha || retouch?.radius !== undefined
  const pixels = geometry.output.width * geometry.output.height
  const format = chooseFormat(given.format, { ...source, hasAlpha }, wanted === 'all', pixels)
  const frames = wanted === 'all' && !canMove(format) ? 0 : wanted
  const count = frames === 'all' ? source.pages : 1
  checkLimits(count, geometry, source, settings)
  const quality = readQuality(given.quality)
  return {
    frames,
    region,
    upright: turnSize(geometry.scaled, turn),
    turn,
    geometry,
    retouch,
    hasAlpha,
    encoder: planEncoder(format, quality, count * pixels),
    background: given.background ?? transparent,
    quality: format === 'png' || format === 'gif' ? undefined : quality,
  }
}
