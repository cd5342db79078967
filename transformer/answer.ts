import { createHash } from 'node:crypto'
import { answerHeaders, contentSecurityPolicy } from '../grammar/answer-headers.ts'
import { formatCacheTag } from '../grammar/cache-tag.ts'
import {
  formatErrorCacheControl,
  formatProblem,
  type Problem,
  problemContentType,
} from '../grammar/problem.ts'
import { formatVariant, type Variant } from '../grammar/variant.ts'
import { answerFormats } from './answer-formats.ts'
import { formatDisposition } from './disposition.ts'
import type { Made } from './make.ts'
import type { Original, OriginalDescription } from './original/originals.ts'
import { usesFocalPoint } from './plan/focal-point.ts'

/** Content that a person uploaded must never run as a page, whatever it turns out to be. */
const contentHeaders = {
  ...answerHeaders,
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-resource-policy': 'cross-origin',
}

/** An answer before it is put into the form of an invocation. Header names are in lower case. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** Headers for who develops a page; none that a cache, a browser or a client needs. */
const diagnosticHeaders = ['x-fovea-key', 'x-fovea-variant', 'server-timing']

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

/** The answer that carries a variant. */
export function answerImage(variant: Variant, original: Original, made: Made, fingerprint: string): Answer {
  const { contentType, extension } = answerFormats[made.format]
  const { download } = variant.parameters
  return {
    status: 200,
    headers: {
      ...contentHeaders,
      ...describeImage(variant, original, fingerprint),
      'content-type': contentType,
      ...(download && {
        'content-disposition': formatDisposition(download, variant.key, extension),
      }),
      'x-fovea-variant': formatMade(made, original.bytes.length),
    },
    body: made.rendering.bytes,
  }
}

function formatMade({ source, format, quality, passed, rendering }: Made, originalBytes: number): string {
  return [
    `format=${format}`,
    `width=${rendering.width}`,
    `height=${rendering.height}`,
    ...(quality === undefined ? [] : [`quality=${quality}`]),
    `bytes=${rendering.bytes.length}`,
    `original=${source.format}`,
    `original-width=${source.width}`,
    `original-height=${source.height}`,
    `original-bytes=${originalBytes}`,
    ...(passed ? ['passed=original'] : []),
  ].join(', ')
}

/** The answer to who has the variant already. */
export function answerNotModified(
  variant: Variant,
  original: OriginalDescription,
  fingerprint: string,
): Answer {
  return {
    status: 304,
    headers: { ...contentHeaders, ...describeImage(variant, original, fingerprint) },
    body: Buffer.alloc(0),
  }
}

/** What a 304 must repeat of the 200. Source: RFC 9110, section 15.4.5. */
function describeImage(
  variant: Variant,
  original: OriginalDescription,
  fingerprint: string,
): Record<string, string> {
  const { version } = variant.parameters
  return {
    ...describeVariant(variant),
    etag: computeEtag(variant, original, fingerprint),
    'cache-control': version ? cacheControl.immutable : cacheControl.ordinary,
    ...(original.lastModified && { 'last-modified': original.lastModified.toUTCString() }),
    ...describeNegotiation(variant),
  }
}

function describeNegotiation({ parameters }: Variant) {
  return parameters.format.startsWith('auto') && { vary: 'Accept, Save-Data, ECT' }
}

/** The answer to what was refused or failed. */
export function answerProblem(problem: Problem, maxAgeSeconds: number, variant: Variant | undefined): Answer {
  return {
    status: problem.status,
    headers: {
      ...contentHeaders,
      ...(variant && describeVariant(variant)),
      'content-type': problemContentType,
      'cache-control': formatErrorCacheControl(maxAgeSeconds),
      'x-fovea-error': problem.code,
    },
    body: Buffer.from(formatProblem(problem)),
  }
}

/**
 * The answer to what was refused, as a picture: browsers show one whatever the status. It goes when any original changes.
 */
export function answerFallback(
  variant: Variant,
  fallbackKey: string,
  { problem, maxAgeSeconds }: { problem: Problem; maxAgeSeconds: number },
  made: Made,
  fallbackBytes: number,
): Answer {
  const { headers, status } = answerProblem(problem, maxAgeSeconds, variant)
  return {
    status,
    headers: {
      ...headers,
      'content-type': answerFormats[made.format].contentType,
      [cacheTagHeader]: `${formatCacheTags(variant)},${formatCacheTag(fallbackKey)}`,
      // For who takes pictures for the index and does not look at the status.
      'x-robots-tag': 'noindex',
      ...describeNegotiation(variant),
      'x-fovea-variant': `${formatMade(made, fallbackBytes)}, fallback=${problem.code}`,
    },
    body: made.rendering.bytes,
  }
}

/** `answer` without what it tells of how it was made. The code of an error and the cache tags stay: they are used. */
export function withoutDiagnostics(answer: Answer): Answer {
  const headers = Object.entries(answer.headers).filter(([name]) => !diagnosticHeaders.includes(name))
  return { ...answer, headers: Object.fromEntries(headers) }
}

function describeVariant(variant: Variant) {
  const url = formatVariant(variant)
  return {
    'x-fovea-key': `${url.path}?${url.query}`,
    [cacheTagHeader]: formatCacheTags(variant),
  }
}

/** A strong ETag: the same original, focal point where it matters, URL, code and settings give the same bytes. */
export function computeEtag(variant: Variant, original: OriginalDescription, fingerprint: string): string {
  const url = formatVariant(variant)
  // A copy of an object onto itself changes its metadata and keeps its ETag.
  const focalPoint = usesFocalPoint(variant.parameters) ? original.focalPoint : undefined
  const parts = [
    original.etag,
    ...(focalPoint === undefined ? [] : [focalPoint]),
    url.path,
    url.query,
    fingerprint,
  ]
  return `"${digest(parts.join('\n'))}"`
}

/** Of all that a variant is made of: it must be made anew when one of them changes. */
function formatCacheTags({ key, parameters }: Variant): string {
  return [key, parameters.overlay]
    .filter((each) => each !== undefined)
    .map(formatCacheTag)
    .join(',')
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
