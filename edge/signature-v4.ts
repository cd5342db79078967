/**
 * AWS Signature Version 4: signing requests without a body, and verifying those that arrive. S3, the Function URL (service
 * `lambda`, as CloudFront's Origin Access Control signs) and the APIs of SQS and CloudFront share it. The canonical form is the
 * library's, not our own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import { NodeSha256 } from './node-sha256.ts'
import { type Claim, readClaim, readHeaderFields, readQueryFields } from './signature-claim.ts'
import { readHeader, readTarget, type SignableRequest } from './signed-request.ts'

export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

export type SignatureFault =
  | 'MissingAuthenticationToken'
  | 'AuthorizationHeaderMalformed'
  | 'InvalidAccessKeyId'
  | 'RequestTimeTooSkewed'
  | 'SignatureDoesNotMatch'

export type SignatureVerdict = { ok: true } | { ok: false; code: SignatureFault; message: string }

/** Milliseconds; AWS refuses a request whose clock differs by more than 15 minutes. */
const maxSkewMs = 15 * 60 * 1000

const unsignedPayload = 'UNSIGNED-PAYLOAD'
const addedHeaders = ['authorization', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token']

/**
 * Returns the headers that sign a request without a body. Every header given is signed, save those a proxy may change (the
 * library's list: `user-agent`, `connection`, …), so pass only what arrives unaltered, and always `host`.
 */
export async function signRequest(
  request: SignableRequest,
  { credentials, service, region, signedAt }: SigningOptions,
): Promise<Record<string, string>> {
  const parts = readRequestParts(request, service, Object.keys(request.headers))
  if (parts === undefined) throw new TypeError('expected valid percent-encoding for url')
  const signer = createSigner(credentials, service, region, true)
  const { headers } = await signer.sign(parts, { signingDate: signedAt })
  return Object.fromEntries(Object.entries(headers).filter(([name]) => addedHeaders.includes(name)))
}

export interface SigningOptions {
  credentials: Credentials
  service: string
  region: string
  signedAt: Date
}

/**
 * Says whether a request carries a valid signature of these credentials: in its Authorization header or, for S3,
 * in its query. The region is the one in the credential scope. `now` is the clock, in epoch milliseconds; `body` is by default
 * none.
 *
 * Stricter than AWS in one point: the time is read from `x-amz-date` only, and a request that signs a `date` header is refused.
 */
export async function verifySignature(
  request: SignableRequest,
  { credentials, service, now, body = '' }: VerificationOptions,
): Promise<SignatureVerdict> {
  const target = readTarget(request.url)
  if (target === undefined) return refuse('SignatureDoesNotMatch', 'The URL is not valid percent-encoding.')

  const presigned = service === 's3' && target.query['X-Amz-Signature'] !== undefined
  const given = presigned ? readQueryFields(target.query) : readHeaderFields(request)
  if (given === undefined) return refuse('MissingAuthenticationToken', 'The request carries no signature.')
  const claim = readClaim(given, service)
  if (typeof claim === 'string') return refuse('AuthorizationHeaderMalformed', claim)

  if (claim.accessKeyId !== credentials.accessKeyId) {
    return refuse('InvalidAccessKeyId', 'The access key id does not exist here.')
  }
  const token = given.token
  if (token !== credentials.sessionToken) {
    return refuse('InvalidAccessKeyId', 'The session token does not belong to the access key id.')
  }

  const timing = checkTiming(claim, now())
  if (timing !== undefined) return refuse('RequestTimeTooSkewed', timing)
  const payload = { sha256: createHash('sha256').update(body).digest('hex'), empty: body.length === 0 }
  const uncovered = findUncovered(request, target.query, claim, service, payload)
  if (uncovered !== undefined) return refuse('SignatureDoesNotMatch', uncovered)

  const expected = await computeSignature(request, claim, credentials, service)
  // Constant time: how many leading digits agree must not be readable from the clock.
  const matches = timingSafeEqual(Buffer.from(expected, 'hex'), Buffer.from(claim.signature, 'hex'))
  if (matches) return { ok: true }
  return refuse(
    'SignatureDoesNotMatch',
    'The signature is not the one computed from the request and the secret.',
  )
}

export interface VerificationOptions {
  credentials: Credentials
  service: string
  now: () => number
  body?: string | Buffer
}

function checkTiming({ signedAt, expiresIn }: Claim, nowMs: number): string | undefined {
  const ageMs = nowMs - signedAt.getTime()
  if (ageMs < -maxSkewMs) return 'The request was signed in the future.'
  if (expiresIn === undefined) {
    return ageMs > maxSkewMs ? 'The request was signed too long ago.' : undefined
  }
  return ageMs > expiresIn * 1000 ? 'The presigned URL has expired.' : undefined
}

/**
 * Names what a signature leaves out although it must not, since it could then be altered under way without anyone noticing; and what
 * it claims to cover although it is not there.
 */
function findUncovered(
  request: SignableRequest,
  query: Record<string, string[]>,
  { signedHeaders, expiresIn }: Claim,
  service: string,
  body: { sha256: string; empty: boolean },
): string | undefined {
  const mustBeSigned = Object.keys(request.headers).filter((name) => /^(host|x-amz-.*)$/i.test(name))
  const unsigned = ['host', ...mustBeSigned].find((name) => !signedHeaders.includes(name.toLowerCase()))
  if (unsigned !== undefined) return `The header ${unsigned} must be signed.`
  const absent = signedHeaders.find((name) => readHeader(request, name) === undefined)
  if (absent !== undefined) return `The signed header ${absent} is missing.`

  // The library's canonical query leaves out any spelling of x-amz-signature, and mangles __proto__.
  const names = Object.keys(query).filter((name) => /^(x-amz-signature|__proto__)$/i.test(name))
  if (names.some((name) => name !== 'X-Amz-Signature' || expiresIn === undefined)) {
    return `The query parameter ${names.join(', ')} cannot be signed.`
  }

  const payload = readHeader(request, 'x-amz-content-sha256')
  if (payload === body.sha256) return undefined
  if (service !== 's3') {
    // "Lambda doesn't support unsigned payloads": CloudFront guide, restrict access to a Function URL origin.
    // Without the header the signature is worked out for an empty body.
    return payload === undefined && body.empty
      ? undefined
      : 'The header x-amz-content-sha256 is not that of the body.'
  }
  if (payload === unsignedPayload || (payload === undefined && expiresIn !== undefined)) return undefined
  return 'The header x-amz-content-sha256 must be UNSIGNED-PAYLOAD or that of the body.'
}

async function computeSignature(
  request: SignableRequest,
  claim: Claim,
  { accessKeyId, secretAccessKey }: Credentials,
  service: string,
): Promise<string> {
  const parts = readRequestParts(request, service, claim.signedHeaders)
  if (parts === undefined) throw new TypeError('expected valid percent-encoding for url')
  // Without the session token and without adding a checksum: the request is signed again as it came, with nothing filled in.
  const signer = createSigner({ accessKeyId, secretAccessKey }, service, claim.region, false)
  const signableHeaders = new Set(claim.signedHeaders)
  if (claim.expiresIn === undefined) {
    const { headers } = await signer.sign(parts, { signingDate: claim.signedAt, signableHeaders })
    return headers.authorization?.slice(-64) ?? ''
  }
  // A presigned URL covers UNSIGNED-PAYLOAD. The library takes that from a header, which is otherwise neither moved nor signed.
  const payloadHeader = 'x-amz-content-sha256'
  const { query } = await signer.presign(
    { ...parts, headers: { [payloadHeader]: unsignedPayload, ...parts.headers } },
    {
      signingDate: claim.signedAt,
      expiresIn: claim.expiresIn,
      signableHeaders,
      unsignableHeaders: signableHeaders.has(payloadHeader) ? undefined : new Set([payloadHeader]),
      unhoistableHeaders: new Set([...claim.signedHeaders, payloadHeader]),
    },
  )
  return String(query?.['X-Amz-Signature'])
}

function createSigner(credentials: Credentials, service: string, region: string, applyChecksum: boolean) {
  // S3 encodes the path once, every other service twice.
  return new SignatureV4({
    credentials,
    service,
    region,
    applyChecksum,
    sha256: NodeSha256,
    uriEscapePath: service !== 's3',
  })
}

function readRequestParts(request: SignableRequest, service: string, headerNames: readonly string[]) {
  const target = readTarget(request.url)
  if (target === undefined) return undefined
  const headers: Record<string, string> = {}
  for (const name of headerNames) {
    const value = readHeader(request, name)
    if (value !== undefined) headers[name.toLowerCase()] = value
  }
  // S3 signs its own encoding of the key, whichever way the client wrote it: `$` in the request line is `%24` in the signature.
  const path = service === 's3' ? target.path.split('/').map(encodeSegment).join('/') : target.path
  return { method: request.method, protocol: 'https:', hostname: '', path, query: target.query, headers }
}

function encodeSegment(segment: string): string {
  const encode = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(decodeURIComponent(segment)).replace(/[!'()*]/g, encode)
}

function refuse(code: SignatureFault, message: string): SignatureVerdict {
  return { ok: false, code, message }
}
