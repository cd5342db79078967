import { TransformError } from '../transform-error.ts'
import type { Size } from './geometry.ts'

/** A box of whole pixels within a picture. */
export interface Region extends Size {
  left: number
  top: number
}

/**
 * The part of an original of size `source` that is used: of what `trimmed` leaves of it, what `crop` names; undefined
 * where that is all of it.
 *
 * @throws TransformError `outside`.
 */
export function planPart(
  crop: string | undefined,
  source: Size,
  trimmed: Region | undefined,
): Region | undefined {
  const whole = { left: 0, top: 0, width: source.width, height: source.height }
  const rest = trimmed ?? whole
  const cropped = crop === undefined ? { ...rest, left: 0, top: 0 } : planRegion(crop, rest)
  const part = { ...cropped, left: rest.left + cropped.left, top: rest.top + cropped.top }
  return part.width === whole.width && part.height === whole.height ? undefined : part
}

/**
 * The part of a picture of size `source` that a crop parameter names (see `grammar/readers.ts`).
 *
 * @throws TransformError `outside`.
 */
export function planRegion(crop: string, source: Size): Region {
  const [left = 0, top = 0, width = 0, height = 0] = crop.split('_').map(Number)
  if (crop.includes('.')) {
    // Edges are rounded, not lengths, so that neighbouring crops meet.
    const start = { left: Math.round(left * source.width), top: Math.round(top * source.height) }
    const end = {
      left: Math.min(source.width, Math.round((left + width) * source.width)),
      top: Math.min(source.height, Math.round((top + height) * source.height)),
    }
    return keepOnePixel({ ...start, width: end.left - start.left, height: end.top - start.top }, source)
  }
  if (left + width > source.width || top + height > source.height) {
    throw new TransformError('outside', `a crop within ${source.width} × ${source.height}`, crop)
  }
  return { left, top, width, height }
}

/** A sliver that rounds to nothing is still one pixel. */
function keepOnePixel(region: Region, source: Size): Region {
  return {
    left: Math.min(region.left, source.width - 1),
    top: Math.min(region.top, source.height - 1),
    width: Math.max(1, region.width),
    height: Math.max(1, region.height),
  }
}
