import { transparent } from './colour.ts'
import { cropOfAll } from './crop.ts'
import { encodeTilde } from './escaping.ts'
import { parameters, type VariantParameters } from './parameters.ts'
import { reject } from './rejection.ts'

/**
 * Counts what one canonical URL has meant. Raise it whenever the same URL should give other bytes: each old variant
 * is then a miss once.
 */
export const revision = 1

/** What is made and cached: everything that decides the bytes, and nothing else. */
export interface Variant {
  /** Key of the original, decoded. */
  key: string
  parameters: VariantParameters
}

/** The one spelling of a variant: the request that the edge passes on, and so CloudFront's cache key. */
export interface CanonicalUrl {
  path: string
  query: string
}

/** The canonical URL of `variant`, which must be simplified ({@link simplifyVariant}). */
export const formatVariant = (variant: Variant): CanonicalUrl => {
  const given: Record<string, string | number | undefined> = variant.parameters
  let query = `rev=${revision}`
  parameters.forEach((row) => {
    const value = given[row.name]
    if (row.canonicalKind && value !== undefined) query += `&${row.name}=${encodeTilde(String(value))}`
  })
  return { path: `/${encodeTilde(variant.key)}`, query: query }
}

/**
 * `given` without what has no effect and without defaults, so that equal meaning is spelt equally.
 *
 * @throws Rejection `contradiction` where the original's own format, and so its own pixels, meet other pixels.
 */
export const simplifyVariant = (given: VariantParameters): VariantParameters => {
  const simple = Object.assign({}, given)
  const drop = (name: Exclude<keyof VariantParameters, 'format'>, condition: unknown) => {
    if (condition) simple[name] = undefined
  }
  const sized = given.width || given.height
  if (given.format === 'original' && (sized || given.aspect || given.crop || given.background)) {
    reject('contradiction', 'format', 'no size, crop or background beside original', 'one')
  }
  const boxed = given.width && given.height
  // A ratio without a side crops; with a side it has become the other side.
  drop('aspect', sized)
  drop('fit', !boxed || given.fit === 'cover')
  drop('enlarge', !sized)
  const crops = boxed ? !simple.fit : simple.aspect
  const places = simple.fit === 'contain' && !/^[ae]\w*[ny]$/.test(given.gravity || '')
  drop('gravity', !(crops || places) || given.gravity === 'centre')
  drop('crop', given.crop === cropOfAll)
  drop('background', given.background === transparent)
  // PNG and GIF are lossless: they have no quality to choose.
  drop('quality', given.quality === 'auto' || /png|gif/.test(given.format))
  drop('animated', given.page || /^(avif|jpeg|png)$/.test(given.format))
  return simple
}
