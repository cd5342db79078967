import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Behaviour, Encoding } from '../template/deployment.ts'
import type { OriginAnswer } from './origin-client.ts'

// What CloudFront compresses. Sentences in quotes are the CloudFront developer guide's, "Serve compressed files".

/** The first is preferred: "When the viewer supports both Gzip and Brotli, CloudFront uses Brotli." */
const encodings: readonly Encoding[] = ['br', 'gzip']

/** Bytes of the origin's answer: "between 1,000 and 10,000,000 bytes". */
const leastBytes = 1000
const mostBytes = 10_000_000

/** "The HTTP status code of the response must be 200, 403, or 404." */
const statuses = [200, 403, 404]

/** Of the guide's "file types that CloudFront compresses", those that are answered here; no pixels are among the others. */
const types = ['application/json', 'image/svg+xml', 'text/plain']

/** Levels are not published; these pack at tens of megabytes a second. */
const pack: Readonly<Record<Encoding, (body: Buffer) => Promise<Buffer>>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => promisify(gzip)(body, { level: 6 }),
}

/**
 * What of `header`, a viewer's Accept-Encoding, is in the cache key and goes to the origin, where a cache policy enables
 * `enabled`. Source: CloudFront developer guide, "Cache compressed objects".
 */
export function normalizeAcceptEncoding(header: string, enabled: readonly Encoding[]): Encoding[] {
  if (enabled.length === 0 || header === '') return []
  const accepted = header.split(',').map((each) => each.trim().toLowerCase())
  return encodings.filter(
    (encoding) =>
      enabled.includes(encoding) &&
      accepted.some((each) => each.split(';')[0]?.trim() === encoding && !/;\s*q=0(?:\.0*)?$/.test(each)),
  )
}

/** How an answer is packed for who accepts `accepted`; undefined where it is sent as it is. */
export function chooseEncoding(
  { status, headers, body }: OriginAnswer,
  behaviour: Behaviour,
  accepted: readonly Encoding[],
): Encoding | undefined {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const packed =
    behaviour.compress &&
    statuses.includes(status) &&
    types.includes(type) &&
    headers['content-encoding'] === undefined &&
    // Of an answer in chunks CloudFront does not know the length before it is through.
    headers['content-length'] !== undefined &&
    body.length >= leastBytes &&
    body.length <= mostBytes
  return packed ? accepted[0] : undefined
}

/** `body`, packed. */
export function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
  return pack[encoding](body)
}

/**
 * The headers of what was packed, by lower-case name. The ETag becomes a weak one ("CloudFront converts the strong ETag to a
 * weak ETag").
 */
export function describePacked(
  headers: Readonly<Record<string, string>>,
  encoding: Encoding,
): Record<string, string> {
  const { etag, vary } = headers
  return {
    ...headers,
    'content-encoding': encoding,
    vary: vary === undefined ? 'Accept-Encoding' : `${vary}, Accept-Encoding`,
    ...(etag?.startsWith('"') && { etag: `W/${etag}` }),
  }
}
