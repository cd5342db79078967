import { readRatio } from './aspect.ts'
import { maxSide, type RequestParameters, type VariantParameters } from './parameters.ts'
import { reject } from './rejection.ts'
import type { ImageRequest } from './request.ts'
import { simplifyVariant, type Variant } from './variant.ts'
import type { Viewer } from './viewer.ts'

/** What of a deployment's settings decides a variant. */
export interface ResolveSettings {
  /** Widths in pixels, ascending, that `width=auto` rounds up to. */
  ladder: readonly number[]
}

/** Steps that a DPR hint is rounded up to, so that zoom levels do not split the cache. */
const dprSteps = [1, 1.5, 2, 3]

/**
 * The variant that `request` means to `viewer`: hints, dpr and aspect worked into width and height, the format
 * negotiated, defaults dropped.
 *
 * @throws Rejection `contradiction`, `bad-value` where width or height become too large.
 */
export const resolveVariant = (request: ImageRequest, viewer: Viewer, settings: ResolveSettings): Variant => {
  const given = request.parameters
  const sides = resolveSides(given, viewer, settings)
  // A still of the first frame has one spelling.
  const animated = given.page === 0 ? '0' : given.animated
  return {
    key: request.key,
    // What needs no resolving is taken over as it is; the rest is overwritten.
    parameters: simplifyVariant(
      Object.assign({}, given, {
        width: sides.width,
        height: sides.height,
        animated: animated,
        dpr: undefined,
        key: undefined,
        page: given.page || undefined,
        format: resolveFormat(given.format, viewer),
        quality: viewer.saveData && (given.quality || 'auto') === 'auto' ? 'low' : given.quality,
      }),
    ),
  }
}

/** Width and height in device pixels, where they are given. */
interface Sides {
  width?: number
  height?: number
}

/**
 * What the URL itself gives is refused above the limit; what only a hint makes too large is capped, so that one URL
 * is never an error for some viewers alone.
 */
const resolveSides = (given: RequestParameters, viewer: Viewer, settings: ResolveSettings): Sides => {
  const aspect = given.aspect
  if (given.width && given.height && aspect) {
    reject('contradiction', 'aspect', 'at most two of width, height and aspect', 'all three')
  }
  if (given.dpr && given.dpr !== 'auto' && !given.width && !given.height) {
    reject('contradiction', 'dpr', 'a width or height to multiply', 'neither')
  }
  const dpr = given.dpr === 'auto' ? undefined : given.dpr
  const width = given.width === 'auto' ? undefined : given.width
  const asked = computeSides(width, given.height, dpr || 1, aspect)
  const largest = Math.max(asked.width || 0, asked.height || 0)
  if (largest > maxSide) {
    const name = largest === asked.width ? 'width' : 'height'
    reject('bad-value', name, `at most ${maxSide}, multiplied by dpr and aspect`, String(largest))
  }
  if (given.width !== 'auto' && given.dpr !== 'auto') return asked

  const hintedDpr = dpr || roundUpTo(dprSteps, viewer.dpr)
  const autoWidth = viewer.width || viewer.viewportWidth * hintedDpr || viewer.deviceWidth
  const hinted = computeSides(width, given.height, given.dpr ? hintedDpr : 1)
  return capSides(
    // The automatic width is in device pixels already, so dpr does not multiply it.
    computeSides(
      given.width === 'auto' ? roundUpTo(settings.ladder, autoWidth) : hinted.width,
      hinted.height,
      1,
      aspect,
    ),
  )
}

/** The sides × `dpr`, and the side that `aspect` gives to the other; all half up and at least 1. */
const computeSides = (
  width: number | undefined,
  height: number | undefined,
  dpr: number,
  aspect?: string,
): Sides => {
  // In hundredths: 150 × 1.15 is 172.5, which binary fractions miss.
  const hundredths = Math.round(dpr * 100)
  const across = width && Math.round((width * hundredths) / 100)
  const down = height && Math.round((height * hundredths) / 100)
  if (!aspect) return { width: across, height: down }
  const ratio = readRatio(aspect)
  return {
    width: across || (down && (Math.round((down * ratio[0]) / ratio[1]) || 1)),
    height: down || (across && (Math.round((across * ratio[1]) / ratio[0]) || 1)),
  }
}

/** `sides` scaled down in their ratio until neither exceeds the limit. */
const capSides = (sides: Sides): Sides => {
  const largest = Math.max(maxSide, sides.width || 1, sides.height || 1)
  const cap = (side: number | undefined) => side && (Math.floor((side * maxSide) / largest) || 1)
  return { width: cap(sides.width), height: cap(sides.height) }
}

/** The first of `steps` that is at least `value`, or the last. */
const roundUpTo = (steps: readonly number[], value: number): number => {
  return steps.find((step) => step >= value) || (steps[steps.length - 1] as number)
}

const resolveFormat = (format: RequestParameters['format'], viewer: Viewer): VariantParameters['format'] => {
  if (format && format !== 'auto') return format
  return `auto.${viewer.class}`.replace('.none', '') as VariantParameters['format']
}
