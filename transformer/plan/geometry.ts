import { maxSide } from '../../grammar/max-side.ts'
import type { VariantParameters } from '../../grammar/parameters.ts'

export interface Size {
  width: number
  height: number
}

/** Geometry in three steps of whole pixels: scale the picture, cut it, put it on a canvas. */
export interface Geometry {
  /** What the whole picture is scaled to. */
  scaled: Size
  /** What is kept of it: a place, or what a strategy finds in the pixels. */
  crop?: Size & ({ left: number; top: number } | { strategy: 'attention' | 'entropy' })
  /** What surrounds it. */
  margin?: { left: number; top: number; right: number; bottom: number }
  /** What comes out. */
  output: Size
}

/** What of a variant decides its geometry. */
export type GeometryParameters = Pick<VariantParameters, 'width' | 'height' | 'aspect' | 'fit' | 'gravity'>

/** Compass points as focal points: shares of width and height. */
export const compass: Readonly<Record<string, Point>> = {
  northwest: { x: 0, y: 0 },
  north: { x: 0.5, y: 0 },
  northeast: { x: 1, y: 0 },
  west: { x: 0, y: 0.5 },
  centre: { x: 0.5, y: 0.5 },
  east: { x: 1, y: 0.5 },
  southwest: { x: 0, y: 1 },
  south: { x: 0.5, y: 1 },
  southeast: { x: 1, y: 1 },
}

interface Point {
  x: number
  y: number
}

/** What the crop keeps: the surroundings of a point, or what a strategy finds. */
type Gravity = Point | 'attention' | 'entropy'

/**
 * The geometry of a variant of a picture of size `source`. Nothing is enlarged unless `mayEnlarge` (vector graphics):
 * a box that is too large shrinks in its ratio, only the canvas of `contain` keeps its size. No side exceeds
 * {@link maxSide}, none is below 1.
 */
export function planGeometry(source: Size, given: GeometryParameters, mayEnlarge: boolean): Geometry {
  const gravity = readGravity(given.gravity ?? 'centre')
  const limit = mayEnlarge ? Number.POSITIVE_INFINITY : 1
  const { width, height } = given
  if (given.aspect !== undefined) {
    const [across = 1, down = 1] = given.aspect.split('-').map(Number)
    // The largest box of that ratio within the picture.
    const unit = Math.min(source.width / across, source.height / down, maxSide / across, maxSide / down)
    return cover(source, { width: across * unit, height: down * unit }, 1, gravity)
  }
  if (width === undefined || height === undefined) {
    const wanted = width ? width / source.width : height ? height / source.height : 1
    return plain(scale(source, Math.min(wanted, limit)))
  }
  const across = width / source.width
  const down = height / source.height
  switch (given.fit) {
    case 'inside':
      return plain(scale(source, Math.min(across, down, limit)))
    case 'outside':
      return plain(scale(source, Math.min(Math.max(across, down), limit)))
    case 'fill': {
      const shrink = Math.max(across, down) > limit ? Math.max(across, down) : 1
      return plain(round({ width: width / shrink, height: height / shrink }))
    }
    case 'contain':
      return contain(scale(source, Math.min(across, down, limit)), { width, height }, gravity)
    default:
      return cover(source, { width, height }, limit, gravity)
  }
}

/** `geometry` with `pad` pixels more on each side of the canvas. */
export function padGeometry(geometry: Geometry, pad: number): Geometry {
  const { left, top, right, bottom } = geometry.margin ?? { left: 0, top: 0, right: 0, bottom: 0 }
  const { width, height } = geometry.output
  return {
    ...geometry,
    margin: { left: left + pad, top: top + pad, right: right + pad, bottom: bottom + pad },
    output: { width: width + 2 * pad, height: height + 2 * pad },
  }
}

function plain(size: Size): Geometry {
  const capped = scale(size, Math.min(1, maxSide / Math.max(size.width, size.height)))
  return { scaled: capped, output: capped }
}

function readGravity(text: string): Gravity {
  if (text === 'attention' || text === 'entropy') return text
  const [x = 0.5, y = 0.5] = text.split('_').map(Number)
  return compass[text] ?? { x, y }
}

function cover(source: Size, box: Size, limit: number, gravity: Gravity): Geometry {
  const wanted = Math.max(box.width / source.width, box.height / source.height)
  const shrink = Math.max(1, wanted / limit)
  const output = round({ width: box.width / shrink, height: box.height / shrink })
  const factor = Math.max(output.width / source.width, output.height / source.height)
  const scaled = {
    width: Math.max(output.width, Math.round(source.width * factor)),
    height: Math.max(output.height, Math.round(source.height * factor)),
  }
  if (sameSize(scaled, output)) return { scaled, output }
  if (typeof gravity === 'string') return { scaled, crop: { strategy: gravity, ...output }, output }
  const crop = {
    left: centreOn(gravity.x, scaled.width, output.width),
    top: centreOn(gravity.y, scaled.height, output.height),
    ...output,
  }
  return { scaled, crop, output }
}

/** Where a window of `length` begins whose middle is as near as can be to `share` of `whole`. */
function centreOn(share: number, whole: number, length: number): number {
  return Math.min(whole - length, Math.max(0, Math.round(share * whole - length / 2)))
}

function contain(scaled: Size, box: Size, gravity: Gravity): Geometry {
  if (sameSize(scaled, box)) return { scaled, output: box }
  // A strategy looks for what to keep; here nothing is lost.
  const { x, y } = typeof gravity === 'string' ? { x: 0.5, y: 0.5 } : gravity
  const across = box.width - scaled.width
  const down = box.height - scaled.height
  const margin = { left: Math.round(across * x), top: Math.round(down * y) }
  return {
    scaled,
    margin: { ...margin, right: across - margin.left, bottom: down - margin.top },
    output: box,
  }
}

function scale(size: Size, factor: number): Size {
  return round({ width: size.width * factor, height: size.height * factor })
}

function round(size: Size): Size {
  return { width: Math.max(1, Math.round(size.width)), height: Math.max(1, Math.round(size.height)) }
}

function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height
}
