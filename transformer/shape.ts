import type { Source } from './original/inspect.ts'
import type { Plan } from './plan/plan.ts'
import type { Sharp } from './sharp.ts'

/** One change to a picture, as the plan has it. */
export type Step = (picture: Sharp, plan: Plan, source: Source) => Sharp

/** `picture` after `steps`, in their order. */
export function applySteps(steps: readonly Step[], picture: Sharp, plan: Plan, source: Source): Sharp {
  return steps.reduce((changed, step) => step(changed, plan, source), picture)
}

const select: Step = (picture, { region, geometry }, source) => {
  if (!region) return picture
  if (source.format !== 'svg') return picture.extract(region)
  // Drawn at another density, the whole picture has other pixels than the plan's.
  const factor = geometry.scaled.width / region.width
  const scaled = (length: number) => Math.round(length * factor)
  return picture.extract({
    left: scaled(region.left),
    top: scaled(region.top),
    width: Math.max(1, Math.min(scaled(region.width), scaled(source.width) - scaled(region.left))),
    height: Math.max(1, Math.min(scaled(region.height), scaled(source.height) - scaled(region.top))),
  })
}

const scale: Step = (picture, { geometry: { scaled, crop } }) =>
  crop && 'strategy' in crop
    ? picture.resize(crop.width, crop.height, { fit: 'cover', position: crop.strategy })
    : // To the very pixel: the ratio was decided by the plan.
      picture.resize(scaled.width, scaled.height, { fit: 'fill' })

const cut: Step = (picture, { geometry: { crop } }) =>
  crop && 'left' in crop ? picture.extract(crop) : picture

const pad: Step = (picture, plan, source) => {
  if (!plan.geometry.margin) return picture
  const colour = parseColour(coverColour(plan))
  // Where a half-transparent colour will be laid under the whole picture, the margin must not have it already.
  const background = source.hasAlpha && colour.alpha < 1 ? { ...colour, alpha: 0 } : colour
  return picture.extend({ ...plan.geometry.margin, background })
}

const underlay: Step = (picture, plan, source) => {
  const background = parseColour(coverColour(plan))
  if (!source.hasAlpha || background.alpha === 0) return picture
  if (background.alpha === 1) return picture.flatten({ background })
  const pixel = { create: { width: 1, height: 1, channels: 4, background } } as const
  return picture.composite([{ input: pixel, tile: true, blend: 'dest-over' }])
}

/** What changes the pixels, in order. */
export const shape: readonly Step[] = [select, scale, cut, pad, underlay]

interface Colour {
  r: number
  g: number
  b: number
  /** 0–1. */
  alpha: number
}

/** The plan's background; over white where the format has no transparency. */
function coverColour({ background, encoder }: Plan): string {
  if (encoder.format !== 'jpeg') return background
  const { r, g, b, alpha } = parseColour(background)
  const over = (channel: number) => Math.round(channel * alpha + 255 * (1 - alpha))
  return [r, g, b].map((channel) => over(channel).toString(16).padStart(2, '0')).join('')
}

function parseColour(hex: string): Colour {
  const [r = 0, g = 0, b = 0, a = 255] = Buffer.from(hex, 'hex')
  return { r, g, b, alpha: a / 255 }
}
