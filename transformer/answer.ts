import { createHash } from 'node:crypto'
import { answerHeaders } from '../grammar/answer-headers.ts'
import type { ErrorRow } from '../grammar/error-row.ts'
import {
  formatErrorCacheControl,
  formatProblem,
  type Problem,
  problemContentType,
} from '../grammar/problem.ts'
import { formatVariant, type Variant } from '../grammar/variant.ts'
import type { Source } from './original/inspect.ts'
import type { Original } from './original/originals.ts'
import { contentTypes } from './plan/format.ts'
import type { Plan } from './plan/plan.ts'
import type { Rendering } from './render.ts'
import { TransformError } from './transform-error.ts'

/** An answer before it is put into the form of an invocation. Header names are in lower case. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** What a Function URL, or who invokes directly, is given. Source: AWS Lambda developer guide, payload 2.0. */
export interface BufferedResult {
  statusCode: number
  headers: Record<string, string>
  body: string
  isBase64Encoded: boolean
}

/** The header that CloudFront reads cache tags from; the distribution names it too. */
const cacheTagHeader = 'x-fovea-tags'

/**
 * Browsers forget in a day and CloudFront in 30, so that a purge of CloudFront reaches everyone within a day. With a
 * version the URL never changes its meaning.
 */
const cacheControl = {
  ordinary: 'public, max-age=86400, s-maxage=2592000, stale-while-revalidate=86400, stale-if-error=604800',
  immutable: 'public, max-age=31536000, immutable, stale-if-error=604800',
}

/**
 * Bytes of image that fit a buffered answer: 6 MB as base64 in JSON, with room for the headers.
 * Source: AWS Lambda developer guide, "Lambda quotas", and base64's 4/3.
 */
const maxBufferedBytes = 4_690_000

/** The answer that carries a variant. */
export function answerImage(
  variant: Variant,
  original: Original,
  source: Source,
  plan: Plan,
  rendering: Rendering,
  fingerprint: string,
): Answer {
  const { format } = plan.encoder
  const url = formatVariant(variant)
  return {
    status: 200,
    headers: {
      ...answerHeaders,
      ...describeVariant(variant),
      'content-type': contentTypes[format],
      etag: computeEtag([original.etag, url.path, url.query, fingerprint]),
      'cache-control': variant.parameters.version ? cacheControl.immutable : cacheControl.ordinary,
      ...(original.lastModified && { 'last-modified': original.lastModified.toUTCString() }),
      ...(variant.parameters.format.startsWith('auto') && { vary: 'Accept, Save-Data, ECT' }),
      'x-fovea-variant': [
        `format=${format}`,
        `width=${rendering.width}`,
        `height=${rendering.height}`,
        ...(plan.quality === undefined ? [] : [`quality=${plan.quality}`]),
        `bytes=${rendering.bytes.length}`,
        `original=${source.format}`,
        `original-width=${source.width}`,
        `original-height=${source.height}`,
        `original-bytes=${original.bytes.length}`,
      ].join(', '),
    },
    body: rendering.bytes,
  }
}

/** The answer to what was refused or failed. */
export function answerProblem(row: ErrorRow, problem: Problem, variant: Variant | undefined): Answer {
  return {
    status: row.status,
    headers: {
      ...answerHeaders,
      ...(variant && describeVariant(variant)),
      'content-type': problemContentType,
      'cache-control': formatErrorCacheControl(row),
      'x-fovea-error': problem.code,
    },
    body: Buffer.from(formatProblem(row, problem)),
  }
}

/**
 * `answer` as a buffered result; without a body where HEAD asked.
 *
 * @throws TransformError `answer-too-large`.
 */
export function bufferAnswer(answer: Answer, method: string): BufferedResult {
  const { status: statusCode, headers, body } = answer
  if (body.length > maxBufferedBytes) {
    throw new TransformError('answer-too-large', `at most ${maxBufferedBytes} bytes`, String(body.length))
  }
  // The length that GET would have: CloudFront answers HEAD from a cached GET as well as from this.
  const sized = { ...headers, 'content-length': String(body.length) }
  if (method === 'HEAD') return { statusCode, headers: sized, body: '', isBase64Encoded: false }
  return statusCode === 200
    ? { statusCode, headers: sized, body: body.toString('base64'), isBase64Encoded: true }
    : { statusCode, headers: sized, body: body.toString(), isBase64Encoded: false }
}

function describeVariant(variant: Variant) {
  const url = formatVariant(variant)
  return {
    'x-fovea-key': `${url.path}?${url.query}`,
    [cacheTagHeader]: `o-${digest(variant.key)}`,
  }
}

/** Strong: the same original, URL, code and settings give the same bytes. */
function computeEtag(parts: readonly string[]): string {
  return `"${digest(parts.join('\n'))}"`
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
