import { transparent } from './colour.ts'
import { encodeTilde } from './escaping.ts'
import { parameters, type VariantParameters } from './parameters.ts'

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
export function formatVariant(variant: Variant): CanonicalUrl {
  const given: Record<string, string | number | undefined> = variant.parameters
  let query = `rev=${revision}`
  parameters.forEach((row) => {
    const value = given[row.name]
    if (row.canonicalKind && value !== undefined) query += `&${row.name}=${encodeTilde(String(value))}`
  })
  return { path: `/${encodeTilde(variant.key)}`, query: query }
}

/** `given` without what has no effect and without defaults, so that equal meaning is spelt equally. */
export function simplifyVariant(given: VariantParameters): VariantParameters {
  const simple: VariantParameters = Object.assign(Object.create(null), given)
  const drop = (name: Exclude<keyof VariantParameters, 'format'>, condition: boolean) => {
    if (condition) simple[name] = undefined
  }
  const boxed = !!given.width && !!given.height
  // A ratio without a side crops; with a side it has become the other side.
  drop('aspect', !!given.width || !!given.height)
  drop('fit', !boxed || given.fit === 'cover')
  const placed = boxed ? !simple.fit || simple.fit === 'contain' : !!simple.aspect
  drop('gravity', !placed || given.gravity === 'centre')
  drop('background', given.background === transparent)
  // PNG is lossless: it has no quality to choose.
  drop('quality', given.quality === 'auto' || given.format === 'png')
  return simple
}
