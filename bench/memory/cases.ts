import type { VariantParameters } from '../../grammar/parameters.ts'
import { formatVariant, simplifyVariant } from '../../grammar/variant.ts'
import type { Job } from '../transform/contender.ts'
import type { Extent } from './extremes.ts'

/** A request that one process is asked, and nothing before it. */
export interface MemoryCase {
  /** Of the original. */
  key: string
  /** What is asked of it, for people. */
  query: string
  job: Pick<Job, 'key' | 'query'>
}

/** A picture in a page. */
const page: VariantParameters = { width: 800, format: 'webp' }

/** Everything that has the pixels settle in between. */
const retouched = {
  rotate: '90',
  blur: 2,
  brightness: 1.1,
  tint: 'ff8800',
  radius: 'max',
  pad: 1,
  background: 'cc0044',
} as const

/** The largest originals of each kind to a picture in a page, and what makes a pipeline keep more than that. */
const shrunk: Readonly<Record<string, readonly VariantParameters[]>> = {
  'baseline.jpg': [page, { ...page, trim: 10 }, { ...page, rotate: '90' }, { format: 'json' }],
  'progressive.jpg': [page, { ...page, trim: 10 }],
  'turned.jpg': [page, { ...page, trim: 10 }],
  'cmyk.jpg': [page, { ...page, trim: 10 }],
  'rgb.png': [page, { ...page, trim: 10 }, { ...page, rotate: '90' }],
  'interlaced.png': [page, { ...page, trim: 10 }, { ...page, rotate: '90' }],
  'lossy.webp': [page, { ...page, trim: 10 }],
  'lossless.webp': [page, { ...page, trim: 10 }, { ...page, rotate: '90' }],
  'eight.avif': [page, { ...page, trim: 10 }],
  'ten.avif': [page, { ...page, trim: 10 }, { ...page, rotate: '90' }],
  'strips.tif': [page, { ...page, trim: 10 }],
  'one-strip.tif': [page, { ...page, trim: 10 }],
  'still.gif': [page, { ...page, trim: 10 }],
  'long.gif': [
    { width: 100, format: 'webp' },
    { width: 100, format: 'gif' },
    { ...page, page: 9 },
  ],
  'large.gif': [page, { ...page, format: 'gif' }],
  'long.webp': [
    { width: 100, format: 'webp' },
    { width: 100, format: 'gif' },
  ],
  'large.webp': [page, { ...page, format: 'gif' }],
}

/** The largest variants, each as `parameters` say beside their sides. */
const large: Readonly<Record<string, readonly VariantParameters[]>> = {
  'baseline.jpg': [
    { format: 'jpeg' },
    { format: 'jpeg', ...retouched },
    { format: 'webp' },
    { format: 'webp', ...retouched },
    { format: 'webp', lossless: '1' },
    { format: 'avif' },
    { format: 'avif', ...retouched },
    { format: 'avif', lossless: '1' },
    { format: 'png' },
    { format: 'gif' },
    { format: 'webp', gravity: 'attention', fit: 'cover' },
  ],
  'ten.avif': [{ format: 'avif' }, { format: 'webp', lossless: '1', ...retouched }],
  'interlaced.png': [{ format: 'avif' }, { format: 'webp', lossless: '1', ...retouched }],
  'drawing.svg': [{ format: 'webp' }, { format: 'avif' }, { format: 'webp', lossless: '1', ...retouched }],
}

/**
 * What to ask of the originals that `prepareExtremes` makes.
 *
 * @param outputPixels that a variant may have.
 * @param avifPixels that one in AVIF may have.
 */
export function listCases(
  outputPixels: number,
  avifPixels: number,
  { pixels, frames }: Extent,
): MemoryCase[] {
  // Less a margin of a pixel.
  const sideOf = (most: number) => Math.floor(Math.sqrt(most)) - 2
  const largest = ({ format }: VariantParameters) => {
    const side = sideOf(format === 'avif' ? Math.min(avifPixels, outputPixels) : outputPixels)
    return { width: side, height: side - 1 }
  }
  const animated = (count: number) =>
    Math.min(Math.floor(Math.sqrt(outputPixels / count)), Math.floor(Math.sqrt(pixels / count)))
  const sides = (count: number) => ({ width: animated(count), height: animated(count), fit: 'fill' }) as const
  return [
    ...list(shrunk),
    ...list(large, largest),
    ...['long.gif', 'long.webp'].flatMap((key) =>
      list({ [key]: [{ format: 'webp' }, { format: 'gif' }] }, () => sides(frames)),
    ),
    ...['large.gif', 'large.webp'].flatMap((key) =>
      list(
        {
          [key]: [
            { format: 'webp' },
            { format: 'gif' },
            { format: 'webp', lossless: '1', ...retouched, pad: undefined },
          ],
        },
        () => sides(10),
      ),
    ),
  ]
}

function list(
  asked: Readonly<Record<string, readonly VariantParameters[]>>,
  sides: (given: VariantParameters) => Pick<VariantParameters, 'width' | 'height' | 'fit'> = () => ({}),
): MemoryCase[] {
  return Object.entries(asked).flatMap(([key, all]) =>
    all.map((given) => {
      const { query } = formatVariant({ key, parameters: simplifyVariant({ ...sides(given), ...given }) })
      return { key, query: query.replace(/^rev=\d+&/, ''), job: { key, query } }
    }),
  )
}
