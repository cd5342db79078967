import { dropAccessClaim, readAccessClaim } from '../../../edge/cloudfront/access-claim.ts'
import { readCookies } from '../../../edge/cloudfront/pairs.ts'
import { findAccessError } from '../../../edge/cloudfront/viewer-access.ts'
import { signingKeys, trustedKeys } from '../../edge/cloudfront/signing-keys.ts'

export const url = 'https://img.example.com/private/a.jpg?width=800'
export const resource = 'https://img.example.com/private/*'
/** When everything is signed and asked. */
export const nowMs = Date.UTC(2026, 10, 23)
/** An hour later. */
export const expiresAt = new Date(nowMs + 3_600_000)

/** Both kinds of keys, with each algorithm. */
export const kinds = (['KRSA', 'KEC'] as const).flatMap((keyPairId) =>
  ([undefined, 'SHA1', 'SHA256'] as const).map((algorithm) => ({ keyPairId, algorithm })),
)

/** What the signing functions need beside what is signed. */
export function optionsOf({ keyPairId = 'KRSA' as keyof typeof signingKeys, ...more } = {}) {
  return { keyPairId, privateKey: signingKeys[keyPairId].privateKey, expiresAt, now: () => nowMs, ...more }
}

/** What a behaviour that trusts the keys says. */
export function ask(asked: string, { cookies = '', ip = '203.0.113.7', at = nowMs } = {}) {
  const [, domain = '', path = '', query] = /^https?:\/\/([^/]+)([^?]+)(?:\?(.*))?$/.exec(asked) ?? []
  const claim = readAccessClaim(query, readCookies(cookies))
  return findAccessError(trustedKeys, claim, { domain, path, query: dropAccessClaim(query) ?? '' }, ip, at)
}
