import type { Plan } from '../plan/plan.ts'
import type { Step } from './step.ts'

/** Puts the margins around the picture. */
export const surround: Step = (picture, plan) => {
  if (!plan.geometry.margin) return picture
  const colour = parseColour(coverColour(plan))
  // Where a half-transparent colour will be laid under the whole picture, the margin must not have it already.
  const background = plan.hasAlpha && colour.alpha < 1 ? { ...colour, alpha: 0 } : colour
  return picture.extend({ ...plan.geometry.margin, background })
}

/** Lays the background under what is transparent. */
export const underlay: Step = (picture, plan) => {
  const background = parseColour(coverColour(plan))
  if (!plan.hasAlpha || background.alpha === 0) return picture
  if (background.alpha === 1) return picture.flatten({ background })
  const pixel = { create: { width: 1, height: 1, channels: 4, background } } as const
  return picture.composite([{ input: pixel, tile: true, blend: 'dest-over' }])
}

/** Whether {@link surround} or {@link underlay} changes anything. */
export function hasCanvas(plan: Plan): boolean {
  return plan.geometry.margin !== undefined || (plan.hasAlpha && parseColour(coverColour(plan)).alpha > 0)
}

/** Whether margins have a colour that is no grey. */
export function hasColouredMargin(plan: Plan): boolean {
  const { r, g, b } = parseColour(coverColour(plan))
  return plan.geometry.margin !== undefined && !(r === g && g === b)
}

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
