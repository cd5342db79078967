import { defaultLadder } from '../../grammar/default-settings.ts'
import { invalidArgument } from '../invalid-argument.ts'
import { readSizes } from './css-length.ts'

/** Bytes that a step may cost above the next one down before that is offered too. */
const maxWaste = 0.2

/** Bytes grow with about this power of the width: photographs in WebP and AVIF from 320 to 1,920 px. */
const bytesExponent = 1.5

/** Viewports in CSS pixels, each with the densities that its devices have. */
const viewers: readonly (readonly [from: number, to: number, densities: readonly number[]])[] = [
  [320, 480, [2, 2.625, 3]],
  [600, 1120, [1, 1.5, 2]],
  [1200, 2560, [1, 1.25, 1.5, 2]],
]

export interface WidthChoice {
  /** The attribute of the image: `(min-width: 60rem) 33vw, 100vw`. Lengths in px, vw, em and rem, with calc, min, max and clamp. */
  sizes: string
  /** Widths in pixels that may be asked, rising. Default: those that bounded access lets pass where the settings say nothing else. */
  ladder?: readonly number[]
  /** Width of the original in pixels: no step beyond the first that holds it. Default: not known. */
  originalWidth?: number
}

/**
 * The widths, rising, of `ladder` that viewers need for an image of `sizes`, less those whose next step up costs them at
 * most a fifth more bytes.
 *
 * @throws Error `expected X for sizes but received Y` for what it cannot read.
 */
export function chooseWidths({
  sizes,
  ladder = defaultLadder,
  originalWidth = Infinity,
}: WidthChoice): number[] {
  const rising = [...ladder].sort((a, b) => a - b)
  const steps = rising.slice(0, rising.findIndex((step) => step >= originalWidth) + 1 || undefined)
  const last = steps.at(-1)
  if (!last) throw invalidArgument('ladder', 'a list of numbers, at least one', ladder)
  const needed = new Set<number>()
  for (const [from, to, densities] of viewers) {
    for (let viewport = from; viewport <= to; viewport += 40) {
      const width = readSizes(sizes, viewport)
      for (const density of densities) needed.add(steps.find((step) => step >= width * density) ?? last)
    }
  }
  const kept: number[] = []
  for (const step of [...needed].sort((a, b) => b - a)) {
    const above = kept[0]
    if (above === undefined || (above / step) ** bytesExponent > 1 + maxWaste) kept.unshift(step)
  }
  return kept
}
