import { encodeTilde } from './escaping.ts'
import type { VariantParameters } from './parameters.ts'
import { formatParameters } from './query.ts'

/**
 * Counts what one canonical URL has meant. Raise it whenever the same URL should give other bytes: each old variant
 * is then a miss once.
 */
export const revision = 1

/**
 * What is made and cached: everything that decides the bytes. Resolved from a request it may still hold what that alone
 * says (`dpr`, `preset`, a proof), which {@link formatVariant} leaves out.
 */
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
  return {
    path: `/${encodeTilde(variant.key)}`,
    query: `rev=${revision}${formatParameters(variant.parameters, true)}`,
  }
}

/**
 * What holds without the parameter, as `name=value`: the whole picture, brightness, contrast and saturation as they are.
 * Behind a `!`, which says that there is no overlay, also what would be said of it.
 */
export const defaultPattern =
  /^!?(fit=cover|overlay-(gravity=centre|opacity=100)|crop=(0\.0+_)+(1\.0+_?)+|background=0{8}|(bri|con|sat)\w+=1|hue=0|metadata=none|quality=auto)$|^!overlay-/

/** `given` without what has no effect and without defaults, so that equal meaning is spelt equally. */
export const simplifyVariant = (given: VariantParameters): VariantParameters => {
  const simple = Object.assign({}, given)
  const drop = (name: Exclude<keyof VariantParameters, 'format'>, condition: unknown) => {
    if (condition) simple[name] = undefined
  }
  const sized = given.width || given.height
  const boxed = given.width && given.height
  const mark = given.overlay ? '' : '!'
  // PNG and GIF are lossless: they have no quality to choose.
  const exact = /png|gif/.test(given.format)
  for (const name in given) {
    const value = given[name as 'fit']
    // One pattern for each that is there: patterns are what costs most here. Where it matches, it does so from the start.
    if (value !== undefined) drop(name as 'fit', !`${mark}${name}=${value}`.search(defaultPattern))
  }
  // A ratio without a side crops; with a side it has become the other side.
  drop('aspect', sized)
  drop('fit', !boxed)
  drop('enlarge', !sized)
  // What looks at the pixels decides only what is cropped, not where a picture is placed: that is the centre without it.
  // What is cropped may go by the original's own focal point, so there the centre must be named.
  const placed = simple.fit === 'contain' && !/^(at|en|ce)/.test(given.gravity || '')
  drop('gravity', !(placed || (boxed ? !simple.fit : simple.aspect)))
  drop('lossless', exact)
  drop('quality', exact || given.lossless)
  // What cannot move shows the first frame anyway.
  drop('page', !given.page && /^(avif|jpeg|png)$/.test(given.format))
  return simple
}
