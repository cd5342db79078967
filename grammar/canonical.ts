import { decodeTilde } from './escaping.ts'
import { checkKey } from './key.ts'
import type { VariantParameters } from './parameters.ts'
import { type QueryPair, readParameters } from './query.ts'
import { reject } from './rejection.ts'
import { formatVariant, revision, simplifyVariant, type Variant } from './variant.ts'

/** Whether a request claims to be canonical: its first parameter is `rev`. */
export const claimsCanonical = (query: readonly QueryPair[]): boolean => {
  return query[0]?.name === 'rev'
}

/**
 * The variant that a canonical URL of any revision names. It must be just what {@link formatVariant} would write:
 * no alias, default, other order or needless escape.
 *
 * @throws Rejection `not-canonical`, `bad-key`, `bad-value`, `repeated`.
 */
export const readCanonical = (path: string, query: readonly QueryPair[]): Variant => {
  const parameters = readParameters(query, decodeTilde, (row) => row.canonicalKind) as VariantParameters
  const variant = {
    key: checkKey(decodeTilde(path.replace(/^\//, '')), path),
    parameters: simplifyVariant(parameters),
  }
  const url = formatVariant(variant)
  const received = `${path}?${query.map((pair) => `${pair.name}=${pair.value}`).join('&')}`
  // Any revision will do: an older one is answered as the current one.
  const written = `${url.path}?${url.query}`
  if (!parameters.format || received.replace(/rev=[1-9]\d*/, `rev=${revision}`) !== written) {
    reject('not-canonical', '', written, received)
  }
  return variant
}
