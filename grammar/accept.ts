import { lowerCaseAscii } from './escaping.ts'

/** The modern formats a viewer decodes: `avif` implies WebP, `none` leaves JPEG and PNG. */
export type ViewerClass = 'avif' | 'webp' | 'none'

/** Ranges of an Accept header that are read: each takes the edge function half a KB of its 2 MB, and there is room for 20,000. */
const maxRanges = 99

/**
 * The class that an Accept header proves. Only a format that is named counts: browsers without WebP have sent
 * `image/*`, and all send a wildcard for everything. A format of lower weight than WebP is not preferred to it. Of more
 * ranges than any browser sends the first {@link maxRanges} count.
 */
export const readViewerClass = (accept: string): ViewerClass => {
  const ranges = lowerCaseAscii(accept).split(',', maxRanges)
  const webp = weigh(ranges, 'webp')
  const avif = weigh(ranges, 'avif')
  // AVIF implies WebP, which the transformer may give instead: who refuses WebP by name gets neither.
  if (avif > 0 && avif >= webp && webp !== 0) return 'avif'
  return webp > 0 ? 'webp' : 'none'
}

/**
 * The weight that the ranges of an Accept header, in lower case, give an image format; -1 where it does not name it, 0
 * where the weight is no number up to 1: what is not understood proves nothing. Source: RFC 9110, sections 12.4.2 and 12.5.1.
 */
const weigh = (ranges: readonly string[], format: string): number => {
  const range = ranges.find((each) => (each.split(';', 1)[0] as string).trim() === `image/${format}`)
  const weight = /;[ \t]*q=([^;]*)/.exec(range as string)
  // Behind a 0 no sign, no space and no `x` makes a number, and nothing is 0.
  const value = Number(0 + ((weight ? weight[1] : 1) as string))
  return range ? (value <= 1 ? value : 0) : -1
}
