import { type KeyObject, verify } from 'node:crypto'
import type { AccessClaim } from './access-claim.ts'
import {
  type AccessPolicy,
  coversAddress,
  coversTime,
  formatCannedPolicy,
  readAccessPolicy,
  readEpochTime,
} from './access-policy.ts'
import { type AskedUrl, formatResource, matchesResource, schemes } from './policy-resource.ts'

/** Code and message of CloudFront's own 403. Source: field reports, listed in `edge/README.md`. */
const errors = {
  MissingKey: 'Missing Key-Pair-Id query parameter or cookie value',
  InvalidKey: 'Unknown Key',
  MalformedSignature: 'Could not unencode Signature',
  MalformedPolicy: 'Malformed Policy',
  AccessDenied: 'Access denied',
} as const

export type AccessError = keyof typeof errors

/** Hashes by the name that a claim gives them; SHA-1 where it gives none. */
const digests: ReadonlyMap<string | undefined, string> = new Map([
  [undefined, 'sha1'],
  ['SHA1', 'sha1'],
  ['SHA256', 'sha256'],
])

/** The body of CloudFront's 403, `text/xml`. */
export function formatAccessError(error: AccessError): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${error}</Code><Message>${errors[error]}</Message></Error>`
}

/**
 * Why a viewer may not see `url`; undefined where it may. First the key, then the signature, then what was signed: "If
 * the signature is valid, CloudFront looks at the policy statement in the URL (or constructs one if you're using a canned
 * policy)". Source: CloudFront developer guide, "Use signed URLs", "How signed URLs work".
 *
 * @param keys the behaviour's public keys by id.
 * @param ip the viewer's address.
 * @param nowMs milliseconds since the epoch.
 */
export function findAccessError(
  keys: ReadonlyMap<string, KeyObject>,
  claim: AccessClaim,
  url: AskedUrl,
  ip: string,
  nowMs: number,
): AccessError | undefined {
  if (!claim.keyId) return 'MissingKey'
  const key = keys.get(claim.keyId)
  if (!key) return 'InvalidKey'
  const signature = decodeUrlSafe(claim.signature)
  if (!signature) return 'MalformedSignature'
  const digest = digests.get(claim.hashAlgorithm)
  if (!digest) return 'AccessDenied'
  const texts = listSignedTexts(claim, url)
  if (texts.length === 0) return 'MalformedPolicy'
  // An ECDSA signature is in DER, which is what Node takes it for.
  if (!texts.some((text) => verify(digest, text, key, signature))) return 'AccessDenied'
  const policy = readSignedPolicy(claim)
  if (!policy) return 'MalformedPolicy'
  const allowed =
    (policy.resource === undefined || matchesResource(policy.resource, url)) &&
    coversTime(policy, nowMs) &&
    coversAddress(policy, ip)
  return allowed ? undefined : 'AccessDenied'
}

/** The texts of which one must have been signed; none where the claim holds no policy. */
function listSignedTexts({ policy, expires }: AccessClaim, url: AskedUrl): Buffer[] {
  if (policy !== undefined) {
    const text = decodeUrlSafe(policy)
    return text ? [text] : []
  }
  // Nothing but digits may go into the text, or an Expires could say more than a time.
  if (expires === undefined || !/^\d+$/.test(expires)) return []
  return schemes.map((scheme) => Buffer.from(formatCannedPolicy(formatResource(scheme, url), expires)))
}

/** What was signed. The Resource of a canned policy is the URL itself, so its signature has compared it. */
function readSignedPolicy({ policy, expires }: AccessClaim): AccessPolicy | undefined {
  if (policy !== undefined) return readAccessPolicy(String(decodeUrlSafe(policy)))
  const endsAt = readEpochTime(Number(expires))
  return endsAt === undefined ? undefined : { endsAt }
}

/** CloudFront's base64, with `-`, `_` and `~` for `+`, `=` and `/`; undefined for anything else, and for nothing. */
function decodeUrlSafe(text = ''): Buffer | undefined {
  if (!/^[A-Za-z\d~-]+_{0,2}$/.test(text)) return undefined
  return Buffer.from(text.replace(/-/g, '+').replace(/~/g, '/').replace(/_/g, '='), 'base64')
}
