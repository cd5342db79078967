import type { DensityImageParameters, UrlSet, WidthImageParameters } from '../url-set.ts'
import { planSet } from '../url-set.ts'
import { type ImageHost, imageUrl } from './image-url.ts'
import { chooseWidths, type WidthChoice } from './widths.ts'

/** An image of several widths: those given, or those that its `sizes` need. */
export type WidthSet = WidthImageParameters &
  ({ widths: readonly number[] } | WidthChoice) & {
    // Said, or a set of either kind might have what belongs to the other.
    [Name in 'width' | 'height' | 'dpr' | 'densities']?: never
  }

/** An image of one size in CSS pixels, its `width` or `height`, for screens of several densities, 1–4. */
export type DensitySet = DensityImageParameters & { densities: readonly number[] } & {
  [Name in 'widths' | 'sizes' | 'dpr']?: never
}

/**
 * The URLs of the original `key` for `srcset` and `src`: `srcset(key, { sizes: '50vw', aspect: '16:9' })`.
 *
 * @throws Error `expected X for NAME but received Y`.
 */
export function srcset(key: string, set: WidthSet | DensitySet, host: ImageHost = {}): UrlSet {
  const { densities, widths, sizes = '100vw', ladder, originalWidth, ...parameters } = set as AnySet
  const steps = densities
    ? { densities }
    : { widths: widths ?? chooseWidths({ sizes, ladder, originalWidth }) }
  if (host.signer) return host.signer.signUrls(key, parameters, steps as { widths: readonly number[] })
  return planSet(parameters, steps, (each) => imageUrl(key, each, host))
}

/** Either kind of set. The two forms of `signUrls` differ in their types alone. */
type AnySet = WidthImageParameters &
  Partial<WidthChoice> & { widths?: readonly number[]; densities?: readonly number[] }
