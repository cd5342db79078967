import { groupPairs, nameOf, type Pairs } from './pairs.ts'

/** What a viewer shows for its right to a file, as sent; true of nothing until the signature is verified. */
export interface AccessClaim {
  /** Id of the public key. */
  keyId?: string
  signature?: string
  /** A custom policy. */
  policy?: string
  /** The end of a canned policy. */
  expires?: string
  hashAlgorithm?: string
}

/** CloudFront's own parameters; their cookies are named the same after `CloudFront-`. Case matters. */
const names: Readonly<Record<keyof AccessClaim, string>> = {
  keyId: 'Key-Pair-Id',
  signature: 'Signature',
  policy: 'Policy',
  expires: 'Expires',
  hashAlgorithm: 'Hash-Algorithm',
}

const parameters = new Set(Object.values(names))

/**
 * The claim in the query, else the one in the cookies. "CloudFront assumes that URLs that contain any of those query
 * string parameters are signed URLs, and therefore won't look at signed cookies." Of a repeated one the first counts.
 * Source: CloudFront developer guide, "Decide to use signed URLs or signed cookies".
 */
export function readAccessClaim(query: string | undefined, cookies: Pairs): AccessClaim {
  const inQuery = groupPairs((query ?? '').split('&'))
  const isSignedUrl = Object.keys(inQuery).some((name) => parameters.has(name))
  const read = (name: string) => (isSignedUrl ? inQuery[name] : cookies[`CloudFront-${name}`])?.[0]
  return {
    keyId: read(names.keyId),
    signature: read(names.signature),
    policy: read(names.policy),
    expires: read(names.expires),
    hashAlgorithm: read(names.hashAlgorithm),
  }
}

/** `query` without CloudFront's own parameters, the others as they stand; undefined where none is left. */
export function dropAccessClaim(query: string | undefined): string | undefined {
  const pieces = (query ?? '').split('&')
  const others = pieces.filter((piece) => !parameters.has(nameOf(piece)))
  if (others.length === pieces.length) return query
  return others.length === 0 ? undefined : others.join('&')
}
