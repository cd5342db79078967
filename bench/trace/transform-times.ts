import type { ViewerClass } from '../../grammar/accept.ts'

// What a variant costs to make and to keep, from measured runs.

/** Where the figures come from; change both together. */
export const transformTimesSource =
  '`npm run bench:peers` of 2026-11-23, 12 MP camera JPEG, warm, processor time on one core of a Xeon (x86, 2 shared vCPUs), Node 20.20, sharp 0.35.5'

interface Point {
  /** Pixels. */
  width: number
  milliseconds: number
  kilobytes: number
}

/** By class of viewer: what `format=auto` gives a photograph. Ascending widths. */
export const transformPoints: Readonly<Record<ViewerClass, readonly Point[]>> = {
  none: [
    { width: 320, milliseconds: 35, kilobytes: 11.4 },
    { width: 800, milliseconds: 53, kilobytes: 44.6 },
    { width: 1600, milliseconds: 105, kilobytes: 125 },
  ],
  webp: [
    { width: 320, milliseconds: 48, kilobytes: 11 },
    { width: 800, milliseconds: 93, kilobytes: 54.6 },
    { width: 1600, milliseconds: 232, kilobytes: 153.1 },
  ],
  avif: [
    { width: 320, milliseconds: 112, kilobytes: 8 },
    { width: 800, milliseconds: 291, kilobytes: 39.7 },
    { width: 1600, milliseconds: 533, kilobytes: 119.1 },
  ],
}

/** What a variant costs. */
export interface TransformCost {
  milliseconds: number
  bytes: number
}

/**
 * The cost of a photograph of `width` pixels, 1–8192, for a class of viewer: between the measured widths, and beyond them, along
 * straight lines over the pixels, to which both time and bytes are nearly proportional.
 */
export function estimateTransform(width: number, viewer: ViewerClass): TransformCost {
  const points = transformPoints[viewer]
  const above = points.findIndex((point) => point.width >= width)
  const at = above < 0 ? points.length - 1 : Math.max(1, above)
  const [low, high] = [points[at - 1] as Point, points[at] as Point]
  const share = (width ** 2 - low.width ** 2) / (high.width ** 2 - low.width ** 2)
  const between = (a: number, b: number) => Math.max(a / 4, a + (b - a) * share)
  return {
    milliseconds: between(low.milliseconds, high.milliseconds),
    bytes: Math.round(between(low.kilobytes, high.kilobytes) * 1000),
  }
}

/**
 * The cost of a variant, from the query of its canonical URL: by its width, else as if it were 800 pixels, and by the format or class
 * that it names.
 */
export function estimateVariant(canonicalQuery: string): TransformCost {
  const width = Number(/(?:^|&)width=(\d+)/.exec(canonicalQuery)?.[1] ?? 800)
  const format = /(?:^|&)format=(?:auto\.)?(avif|webp)/.exec(canonicalQuery)?.[1]
  return estimateTransform(width, format === 'avif' || format === 'webp' ? format : 'none')
}
