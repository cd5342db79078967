/**
 * AWS Signature Version 4A, in which one signature holds for many regions: ECDSA over P-256, with a key pair derived from the secret.
 * Verified with node:crypto; the canonical form is the library's, not our own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html ; derivation: NIST SP 800-108, as in the
 * library's own `getSigV4aSigningKey`.
 */
import { createECDH, createHash, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { getCanonicalHeaders, SignatureV4Base } from '@smithy/signature-v4'
import { NodeSha256 } from '../node-sha256.ts'
import { readHeaderFields } from '../signature-claim.ts'
import type { Credentials } from '../signature-v4.ts'
import { readHeader, readTarget, type SignableRequest } from '../signed-request.ts'

const algorithm = 'AWS4-ECDSA-P256-SHA256'

/** Milliseconds; AWS refuses a request whose clock differs by more than 15 minutes. */
const maxSkewMs = 15 * 60 * 1000

/** Order of the curve, less 2: the derived number must not be above it. FIPS 186-4, D.1.2.3. */
const maxCandidate = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254fn

/** The key with which signatures of these credentials are verified. */
export function deriveVerifyingKey({ accessKeyId, secretAccessKey }: Credentials): KeyObject {
  for (let counter = 1; counter < 255; counter++) {
    const input = Buffer.concat([
      Buffer.from([0, 0, 0, 1]),
      Buffer.from(`${algorithm}\0${accessKeyId}`),
      Buffer.from([counter, 0, 0, 1, 0]),
    ])
    const digest = createHmac('sha256', `AWS4A${secretAccessKey}`).update(input).digest('hex')
    const candidate = BigInt(`0x${digest}`)
    if (candidate > maxCandidate) continue
    const curve = createECDH('prime256v1')
    curve.setPrivateKey((candidate + 1n).toString(16).padStart(64, '0'), 'hex')
    // Uncompressed: 4, then the coordinates of 32 bytes each.
    const point = curve.getPublicKey()
    const x = point.subarray(1, 33).toString('base64url')
    const y = point.subarray(33).toString('base64url')
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  }
  throw new Error('no key can be derived from the secret')
}

export interface Verifier {
  accessKeyId: string
  key: KeyObject
  service: string
  /** Epoch milliseconds. */
  now: number
}

/** Says what is wrong with the signature in the request's Authorization header; undefined where it is valid and covers the body. */
export async function findSignatureFault(
  request: SignableRequest,
  body: Buffer,
  { accessKeyId, key, service, now }: Verifier,
): Promise<string | undefined> {
  const fields = readHeaderFields(request)
  const target = readTarget(request.url)
  if (!fields || !target) return 'The request carries no signature.'
  if (fields.algorithm !== algorithm) return `The algorithm must be ${algorithm}.`
  const scope = /^([^/]+)\/((\d{8})\/([^/]+)\/aws4_request)$/.exec(fields.credential ?? '')
  if (scope?.[4] !== service) return `The credential must be KEY/YYYYMMDD/${service}/aws4_request.`
  if (scope[1] !== accessKeyId) return 'The access key id does not exist here.'
  const longDate = fields.date ?? ''
  const isoDate = longDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  if (!longDate.startsWith(`${scope[3]}T`))
    return 'The time must be given in x-amz-date, on the day of the credential.'
  if (!(Math.abs(now - Date.parse(isoDate)) <= maxSkewMs)) {
    return 'The request was signed too long ago, or in the future.'
  }

  const signedHeaders = (fields.headers ?? '').split(';')
  const unsigned = ['host', 'x-amz-region-set', ...Object.keys(request.headers)].find(
    (name) => /^(?:host$|x-amz-)/.test(name) && !signedHeaders.includes(name),
  )
  if (unsigned !== undefined) return `The header ${unsigned} must be signed.`
  const bodySha256 = createHash('sha256').update(body).digest('hex')
  if ((readHeader(request, 'x-amz-content-sha256') ?? bodySha256) !== bodySha256) {
    return 'The header x-amz-content-sha256 is not that of the body.'
  }

  const headers: Record<string, string> = {}
  for (const name of signedHeaders) {
    const value = readHeader(request, name)
    if (value === undefined) return `The signed header ${name} is missing.`
    headers[name] = value
  }
  const parts = { method: request.method, protocol: 'http:', hostname: '', path: target.path, headers }
  const canonicalHeaders = getCanonicalHeaders(
    { ...parts, query: target.query },
    undefined,
    new Set(signedHeaders),
  )
  const text = await new Canonicaliser(service).describe(
    { ...parts, query: target.query },
    canonicalHeaders,
    bodySha256,
    longDate,
    scope[2] ?? '',
  )
  const signature = Buffer.from(fields.signature ?? '', 'hex')
  const matches = verify('sha256', Buffer.from(text), { key, dsaEncoding: 'der' }, signature)
  return matches ? undefined : 'The signature is not one of the request and the secret.'
}

/** A class because the library's steps are protected methods; it never signs. */
class Canonicaliser extends SignatureV4Base {
  constructor(service: string) {
    const credentials = { accessKeyId: '', secretAccessKey: '' }
    super({ service, region: '*', credentials, sha256: NodeSha256, uriEscapePath: true })
  }

  /** The text that is signed. */
  describe(
    request: Parameters<SignatureV4Base['createCanonicalRequest']>[0],
    headers: Record<string, string>,
    bodySha256: string,
    longDate: string,
    scope: string,
  ): Promise<string> {
    const canonical = this.createCanonicalRequest(request, headers, bodySha256)
    return this.createStringToSign(longDate, scope, canonical, algorithm)
  }
}
