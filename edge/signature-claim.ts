import { readHeader, type SignableRequest } from './signed-request.ts'

/** What a request says about its own signature; true of nothing until the signature has been recomputed. */
export interface Claim {
  accessKeyId: string
  region: string
  signedAt: Date
  signedHeaders: string[]
  signature: string
  /** Seconds; only presigned URLs have it. */
  expiresIn?: number
}

/** Seconds; AWS's longest life of a presigned URL, a week. */
const maxPresignedSeconds = 7 * 24 * 60 * 60

export interface ClaimFields {
  algorithm: string | undefined
  credential: string | undefined
  date: string | undefined
  expires?: string
  headers: string | undefined
  signature: string | undefined
  token: string | undefined
}

/** What the Authorization header claims; undefined without one. */
export function readHeaderFields(request: SignableRequest): ClaimFields | undefined {
  const authorization = readHeader(request, 'authorization')
  if (authorization === undefined) return undefined
  const space = authorization.indexOf(' ')
  const fields = new Map<string, string>()
  for (const field of authorization.slice(space + 1).split(',')) {
    const equals = field.indexOf('=')
    fields.set(field.slice(0, equals).trim(), field.slice(equals + 1).trim())
  }
  return {
    algorithm: authorization.slice(0, space),
    credential: fields.get('Credential'),
    date: readHeader(request, 'x-amz-date'),
    headers: fields.get('SignedHeaders'),
    signature: fields.get('Signature'),
    token: readHeader(request, 'x-amz-security-token'),
  }
}

/** What the query of a presigned URL claims. */
export function readQueryFields(query: Record<string, string[]>): ClaimFields {
  // A repeated parameter reads as absent: which of the two was meant is anyone's guess.
  const single = (name: string) => (query[name]?.length === 1 ? query[name][0] : undefined)
  return {
    algorithm: single('X-Amz-Algorithm'),
    credential: single('X-Amz-Credential'),
    date: single('X-Amz-Date'),
    expires: single('X-Amz-Expires') ?? '',
    headers: single('X-Amz-SignedHeaders'),
    signature: single('X-Amz-Signature'),
    token: single('X-Amz-Security-Token'),
  }
}

/** Returns the claim, or a sentence that says what is malformed in it. */
export function readClaim(fields: ClaimFields, service: string): Claim | string {
  if (fields.algorithm !== 'AWS4-HMAC-SHA256') return 'The algorithm must be AWS4-HMAC-SHA256.'
  const scope = /^([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/.exec(fields.credential ?? '')
  if (scope === null) return 'The credential must be KEY/YYYYMMDD/REGION/SERVICE/aws4_request.'
  const [, accessKeyId = '', day, region = '', scopeService] = scope
  if (scopeService !== service) return `The credential must be scoped to the service ${service}.`
  const signedAt = parseAmzDate(fields.date)
  if (signedAt === undefined) return 'The time must be given in x-amz-date as YYYYMMDDTHHMMSSZ.'
  if (!fields.date?.startsWith(`${day}T`)) return 'The date of the credential is not that of x-amz-date.'
  const signature = fields.signature ?? ''
  if (!/^[0-9a-f]{64}$/.test(signature)) return 'The signature must be 64 hexadecimal digits.'
  const signedHeaders = (fields.headers ?? '').split(';')
  const isInOrder = signedHeaders.every(
    (name, index) => index === 0 || name > (signedHeaders[index - 1] ?? ''),
  )
  if (!isInOrder || !signedHeaders.every((name) => /^[a-z0-9-]+$/.test(name))) {
    return 'The signed headers must be named, in lower case and in order.'
  }
  const claim = { accessKeyId, region, signedAt, signedHeaders, signature }
  if (fields.expires === undefined) return claim
  const expiresIn = /^[1-9]\d{0,5}$/.test(fields.expires) ? Number(fields.expires) : Number.NaN
  if (expiresIn <= maxPresignedSeconds) return { ...claim, expiresIn }
  return 'The expiry must be between 1 and 604800 seconds.'
}

function parseAmzDate(text: string | undefined): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '')
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second] = match
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(date.getTime()) ? undefined : date
}
