import { readRatio } from '../../grammar/aspect.ts'
import { maxSide, type VariantParameters } from '../../grammar/parameters.ts'

export interface Size {
  width: number
  height: number
}

/** Geometry in three steps of whole pixels: scale the picture, cut it, put it on a canvas. */
export interface Geometry {
  /** What the whole picture is scaled to. */
  scaled: Size
  /** What is kept of it. */
  crop?: Size & { left: number; top: number }
  /** What surrounds it. */
  margin?: { left: number; top: number; right: number; bottom: number }
  /** What comes out. */
  output: Size
}

/** What of a variant decides its geometry. */
export type GeometryParameters = Pick<VariantParameters, 'width' | 'height' | 'aspect' | 'fit' | 'gravity'>

/** Where free space goes, as the share of it on the left and on the top. */
const positions = {
  centre: [0.5, 0.5],
  north: [0.5, 0],
  northeast: [1, 0],
  east: [1, 0.5],
  southeast: [1, 1],
  south: [0.5, 1],
  southwest: [0, 1],
  west: [0, 0.5],
  northwest: [0, 0],
} as const

/**
 * The geometry of a variant of a picture of size `source`. Nothing is enlarged unless `mayEnlarge` (vector graphics):
 * a box that is too large shrinks in its ratio, only the canvas of `contain` keeps its size. No side exceeds
 * {@link maxSide}, none is below 1.
 */
export function planGeometry(source: Size, given: GeometryParameters, mayEnlarge: boolean): Geometry {
  const position = positions[given.gravity ?? 'centre']
  const limit = mayEnlarge ? Number.POSITIVE_INFINITY : 1
  const { width, height } = given
  if (given.aspect !== undefined) {
    const [across, down] = readRatio(given.aspect)
    // The largest box of that ratio within the picture.
    const unit = Math.min(source.width / across, source.height / down, maxSide / across, maxSide / down)
    return cover(source, { width: across * unit, height: down * unit }, 1, position)
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
      return contain(scale(source, Math.min(across, down, limit)), { width, height }, position)
    default:
      return cover(source, { width, height }, limit, position)
  }
}

function plain(size: Size): Geometry {
  const capped = scale(size, Math.min(1, maxSide / Math.max(size.width, size.height)))
  return { scaled: capped, output: capped }
}

function cover(source: Size, box: Size, limit: number, [left, top]: readonly [number, number]): Geometry {
  const wanted = Math.max(box.width / source.width, box.height / source.height)
  const shrink = Math.max(1, wanted / limit)
  const output = round({ width: box.width / shrink, height: box.height / shrink })
  const factor = Math.max(output.width / source.width, output.height / source.height)
  const scaled = {
    width: Math.max(output.width, Math.round(source.width * factor)),
    height: Math.max(output.height, Math.round(source.height * factor)),
  }
  const crop = {
    left: Math.round((scaled.width - output.width) * left),
    top: Math.round((scaled.height - output.height) * top),
    ...output,
  }
  return { scaled, crop: sameSize(scaled, output) ? undefined : crop, output }
}

function contain(scaled: Size, box: Size, [left, top]: readonly [number, number]): Geometry {
  if (sameSize(scaled, box)) return { scaled, output: box }
  const across = box.width - scaled.width
  const down = box.height - scaled.height
  const margin = { left: Math.round(across * left), top: Math.round(down * top) }
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
