import { maxSide } from './max-side.ts'
import type { RequestParameters } from './parameters.ts'
import { forbid, reject } from './rejection.ts'
import type { Viewer } from './viewer.ts'

/** What of a deployment's settings decides sizes. */
export interface SizeSettings {
  /** Widths in pixels, ascending: what `width=auto` rounds up to, and all sizes of who is held to the bounds. */
  ladder: readonly number[]
  /** Ratios as `16-9`, no two within 2 %: what two sides may have for who is held to the bounds. */
  aspects: readonly string[]
}

/** Width and height in device pixels, where they are given. */
export type Sides = readonly (number | undefined)[]

/** Steps that a DPR hint is rounded up to, so that zoom levels do not split the cache. */
const dprSteps = [1, 1.5, 2, 3]

/**
 * The sides that parameters give. What the URL gives is refused above the limit; where a hint has a part in it, it is
 * capped, so that one URL is never an error for some viewers alone.
 *
 * @param bounded whether they go to the next step of the ladder, in one of the ratios of the settings.
 * @throws Rejection `contradiction`, `bad-value`, `needs-signature`.
 */
export const resolveSides = (
  given: RequestParameters,
  viewer: Partial<Viewer>,
  settings: SizeSettings,
  bounded: boolean,
): Sides => {
  const ladder = settings.ladder
  const limit = bounded ? roundUpTo(ladder, maxSide) : maxSide
  const unsized = !given.width && !given.height
  if (given.width && given.height && given.aspect) {
    reject('contradiction', 'aspect', 'width or height', 'both')
  }
  if ((given.dpr as number) > 0 && unsized) reject('contradiction', 'dpr', 'width or height', '')
  const dpr = Number(given.dpr) || roundUpTo(dprSteps, viewer.dpr as number)
  // In hundredths: 150 × 1.15 is 172.5, which binary fractions miss.
  const hundredths = given.dpr ? Math.round(dpr * 100) : 100
  // A side that is not given is 0.
  const sides = [bounded && unsized ? limit : given.width, given.height].map((side) =>
    (side as number) > 0 ? Math.round(((side as number) * hundredths) / 100) : 0,
  )
  const auto = given.width === 'auto'
  // The automatic width is in device pixels already, so dpr does not multiply it.
  if (auto) {
    const wanted = viewer.width || (viewer.viewportWidth as number) * dpr || viewer.deviceWidth
    sides[0] = roundUpTo(ladder, wanted as number)
  }
  const known = sides[0] ? 0 : 1
  sides[1 - known] = sides[1 - known] || scaleBy(given.aspect, sides[known], known)
  const largest = bounded ? sides[0] || sides[1] : Math.max(sides[0] as number, sides[1] as number)
  if ((largest as number) > limit && !auto && given.dpr !== 'auto') {
    const name = largest === sides[0] ? 'width' : 'height'
    reject('bad-value', name, `up to ${limit} with dpr`, `${largest}`)
  }
  const step = roundUpTo(ladder, largest as number)
  const both = bounded && sides[0] && sides[1]
  // As given, before any hint: one URL is let pass for every viewer or for none.
  const asked = given.aspect || `${given.width}-${given.height}`
  const ratio =
    both && settings.aspects.find((each) => Math.abs(readRatio(each) / readRatio(asked) - 1) <= 0.01)
  if (both && !ratio) forbid('needs-signature', 'aspect', settings.aspects.join(' '), asked)
  const wanted = !bounded
    ? sides
    : ratio
      ? [step, scaleBy(ratio, step, 0)]
      : sides.map((side) => side && step)
  const excess = Math.max(wanted[0] as number, wanted[1] as number, maxSide)
  return wanted.map((side) => (side && (Math.floor((side * maxSide) / excess) || 1)) || undefined)
}

/** `side`, the width (0) or height (1) of a box of the ratio `aspect`, as its other side, half up and at least 1; 0 where one is not given. */
const scaleBy = (aspect: string | undefined, side: number | undefined, from: number): number => {
  const ratio = `${aspect}`.split('-')
  return aspect && side ? Math.round((side * Number(ratio[1 - from])) / Number(ratio[from])) || 1 : 0
}

/** Width by height of `16-9`; NaN where a side is no number. */
const readRatio = (aspect: string): number => {
  const ratio = aspect.split('-')
  return Number(ratio[0]) / Number(ratio[1])
}

/** The first of `steps` that is at least `value`, or the last. */
const roundUpTo = (steps: readonly number[], value: number): number => {
  return steps.find((step) => step >= value) || (steps[steps.length - 1] as number)
}
