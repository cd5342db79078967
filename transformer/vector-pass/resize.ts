import { maxSide } from '../../grammar/max-side.ts'
import type { VariantParameters } from '../../grammar/parameters.ts'

import { type Geometry, planGeometry, type Size } from '../plan/geometry.ts'
import type { CleanSvg } from './clean-svg.ts'
import { type OwnSize, readOwnSize } from './own-size.ts'
import { Unclean } from './unclean.ts'

/** What a graphic measures, and, where that is not what it says itself, its root that says so. */
export interface Sized {
  /** Of the original. */
  own: Size
  output: Size
  root: Map<string, string>
}

/** What browsers give a graphic that tells no size. Source: CSS 2.1, section 10.3.2. */
const unknownSize = { width: 300, height: 150 }

/**
 * The graphic at the size that `given` asks for, as an original of pixels would have it: never larger than it says itself
 * unless `enlarge` says so, cut to the ratio of two sides. Untouched where that is its own.
 *
 * @throws Unclean where no root can say so.
 */
export function resize({ root }: CleanSvg, given: VariantParameters): Sized {
  const own = readOwnSize(root)
  const sized = given.width ?? given.height ?? given.aspect
  if (!own) {
    if (sized !== undefined) throw new Unclean('no size of its own')
    return { own: unknownSize, output: unknownSize, root }
  }
  const whole = roundSize(own)
  if (sized === undefined && Math.max(whole.width, whole.height) <= maxSide)
    return { own: whole, output: whole, root }
  const geometry = planGeometry(own, given, given.enlarge !== undefined)
  const { output, crop, margin } = geometry
  if (margin) throw new Unclean('a margin')
  if (!crop && output.width === whole.width && output.height === whole.height)
    return { own: whole, output, root }
  return { own: whole, output, root: new Map([...root, ...formatSize(own, geometry, given.fit)]) }
}

function formatSize(own: OwnSize, { scaled, crop, output }: Geometry, fit: VariantParameters['fit']) {
  const size = [
    ['width', String(output.width)],
    ['height', String(output.height)],
  ] as const
  if (!own.filled) {
    // Its box lies within its size by rules that another ratio would change.
    if (crop || fit === 'fill') throw new Unclean('a box of another ratio')
    return size
  }
  if (crop && 'strategy' in crop) throw new Unclean('a crop by content')
  const { box } = own
  const across = box.width / scaled.width
  const down = box.height / scaled.height
  const shown = crop
    ? [box.x + crop.left * across, box.y + crop.top * down, crop.width * across, crop.height * down]
    : [box.x, box.y, box.width, box.height]
  return [
    ...size,
    ['viewBox', shown.map((number) => Number(number.toFixed(4))).join(' ')],
    // Rounding to whole pixels must not leave a gap at an edge.
    ['preserveAspectRatio', 'none'],
  ] as const
}

function roundSize({ width, height }: Size): Size {
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) }
}
