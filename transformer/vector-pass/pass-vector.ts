import type { VariantParameters } from '../../grammar/parameters.ts'
import type { Made } from '../make.ts'
import { findSignature } from '../original/signatures.ts'
import { changesPixels } from '../plan/pass.ts'
import { cleanSvg, formatSvg } from './clean-svg.ts'
import { resize } from './resize.ts'
import { Unclean } from './unclean.ts'

/**
 * Bytes of a graphic that is passed on: a buffered answer takes no more, and cleaning holds up all else for as long as it
 * takes. Larger ones are drawn.
 */
const maxBytes = 4_000_000

/** The formats that a vector graphic is an answer to. */
const accepted: readonly VariantParameters['format'][] = ['auto', 'auto.webp', 'auto.avif', 'original']

/** Whether `given` can be answered with a vector graphic, if the original is one. */
export function mayBeVector(given: VariantParameters): boolean {
  return (
    accepted.includes(given.format) &&
    given.crop === undefined &&
    given.page === undefined &&
    // The margins of a graphic would show what it draws beyond its edges.
    given.fit !== 'contain' &&
    !changesPixels(given)
  )
}

/**
 * The original itself, if it is a vector graphic and nothing of `given` needs pixels: written anew without all that is not
 * drawn, at the size asked for. Undefined where it must be drawn, which is what becomes of all that cannot be cleaned for
 * certain.
 */
export function passVector(bytes: Buffer, given: VariantParameters): Made | undefined {
  if (bytes.length > maxBytes || !mayBeVector(given) || findSignature(bytes)?.format !== 'svg')
    return undefined
  try {
    const clean = cleanSvg(bytes)
    const { own, output, root } = resize(clean, given)
    const written = Buffer.from(formatSvg({ ...clean, root }))
    // Entities may have made it longer.
    if (written.length > maxBytes) return undefined
    const source = { format: 'svg', ...own, hasAlpha: true, deep: false, pages: 1, animated: false } as const
    return { source, format: 'svg', passed: true, rendering: { bytes: written, ...output } }
  } catch (error) {
    if (error instanceof Unclean) return undefined
    throw error
  }
}
