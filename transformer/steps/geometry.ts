import type { Size } from '../plan/geometry.ts'
import type { Plan } from '../plan/plan.ts'
import type { Step } from './step.ts'

/**
 * How large a vector graphic is drawn, as a factor of its own size: as what comes of it, but never smaller where a part is
 * taken, which could fall between the pixels.
 */
export function drawFactor({ region, upright }: Plan, source: Size): number {
  if (region) return Math.max(1, upright.width / region.width)
  // librsvg draws nothing that is less than a pixel high.
  return Math.max(upright.width / source.width, 1 / Math.min(source.width, source.height))
}

/** Takes the part of the original that is used. */
export const select: Step = (picture, plan, source) => {
  const { region } = plan
  if (!region) return picture
  if (source.format !== 'svg') return picture.extract(region)
  // Drawn at another density, the whole picture has other pixels than the plan's.
  const factor = drawFactor(plan, source)
  const scaled = (length: number) => Math.round(length * factor)
  return picture.extract({
    left: scaled(region.left),
    top: scaled(region.top),
    width: Math.min(scaled(region.width), scaled(source.width) - scaled(region.left)),
    height: Math.min(scaled(region.height), scaled(source.height) - scaled(region.top)),
  })
}

/** Gives it its size, and cuts where a strategy says, unless that must wait. */
export const scale: Step = (picture, plan) => {
  const { crop } = plan.geometry
  if (crop && 'strategy' in crop && !seeksLater(plan)) {
    return picture.resize(crop.width, crop.height, { fit: 'cover', position: crop.strategy })
  }
  // To the very pixel: the ratio was decided by the plan.
  return picture.resize(plan.upright.width, plan.upright.height, { fit: 'fill' })
}

/**
 * Mirrors and rotates it. After it has its size, where that is cheap and a JPEG could be read at a fraction; sharp does
 * so where rotation is asked for after resizing.
 */
export const turn: Step = (picture, plan) =>
  plan.turn ? picture.flip(plan.turn.flip).flop(plan.turn.flop).rotate(plan.turn.angle) : picture

/** Cuts what the box does not show. */
export const cut: Step = (picture, { geometry: { crop } }) =>
  crop && 'left' in crop ? picture.extract(crop) : picture

/**
 * Whether a strategy looks at a picture that has been turned by a quarter: sharp has sizes of before and after the turn
 * muddled there.
 */
export function seeksLater({ geometry: { crop }, turn }: Plan): boolean {
  return crop !== undefined && 'strategy' in crop && turn !== undefined && turn.angle % 180 !== 0
}

/** Cuts where a strategy says, where that had to wait. */
export const seek: Step = (picture, plan) => {
  const { crop } = plan.geometry
  if (!crop || !('strategy' in crop) || !seeksLater(plan)) return picture
  return picture.resize(crop.width, crop.height, { fit: 'cover', position: crop.strategy })
}
