import SharedCachePolicy from 'http-cache-semantics'
import type { CachePolicy } from '../template/deployment.ts'

// How long CloudFront keeps an answer. Sentences in quotes are the CloudFront developer guide's, "Manage how long content
// stays in the cache (expiration)" and "How CloudFront caches HTTP 4xx and 5xx status codes".

/** An answer's lifetime. All in seconds from the moment it was stored. */
export interface Lifetime {
  freshSeconds: number
  /** Served stale while it is fetched again. */
  staleWhileRevalidateSeconds: number
  /** Served stale where the origin fails. */
  staleIfErrorSeconds: number
}

/** "CloudFront always caches": these errors, for the error caching minimum TTL. */
const alwaysCachedErrors = new Set([404, 414, 500, 501, 502, 503, 504])

/** Cached "if the origin returns a Cache-Control max-age or Cache-Control s-maxage directive", and no others ever. */
const sometimesCachedErrors = new Set([400, 403, 405, 412, 415])

/** Error caching minimum TTL where the distribution does not set one: "10 seconds". */
const defaultErrorSeconds = 10

/** The headers of an answer, by lower-case name. */
type Headers = Readonly<Record<string, string | undefined>>

/** How long an answer is kept; undefined where it is not cached at all. */
export function computeLifetime(
  status: number,
  headers: Headers,
  policy: CachePolicy,
  errorMinSeconds: ReadonlyMap<number, number>,
): Lifetime | undefined {
  const cacheControl = (headers['cache-control'] ?? '').toLowerCase()
  const maxAge = readMaxAge(headers)
  if (status >= 400) {
    if (
      !alwaysCachedErrors.has(status) &&
      !(sometimesCachedErrors.has(status) && /max-?age=/.test(cacheControl))
    ) {
      return undefined
    }
    // "whichever is greater": the error caching minimum TTL, or the origin's own.
    const minSeconds = errorMinSeconds.get(status) ?? defaultErrorSeconds
    const freshSeconds = Math.max(minSeconds, Math.min(maxAge ?? 0, policy.maxSeconds))
    return { freshSeconds, staleWhileRevalidateSeconds: 0, staleIfErrorSeconds: 0 }
  }
  const uncacheable = /(?:^|,)\s*(?:no-store|no-cache|private)\s*(?:[,=]|$)/.test(cacheControl)
  // "If your minimum TTL is 0 seconds, CloudFront honors" no-cache, no-store and private; above 0 it keeps that minimum.
  if (uncacheable && policy.minSeconds === 0) return undefined
  const wanted = uncacheable ? policy.minSeconds : (maxAge ?? policy.defaultSeconds)
  const freshSeconds = Math.min(Math.max(wanted, policy.minSeconds), policy.maxSeconds)
  if (freshSeconds === 0) return undefined
  // Both are honoured "up to the value of the maximum TTL".
  const within = (name: string) => {
    const [, seconds = '0'] = new RegExp(`(?:^|[,\\s])${name}="?(\\d+)`).exec(cacheControl) ?? []
    return Math.min(Number(seconds), policy.maxSeconds)
  }
  return {
    freshSeconds,
    staleWhileRevalidateSeconds: within('stale-while-revalidate'),
    staleIfErrorSeconds: within('stale-if-error'),
  }
}

/**
 * The seconds that an answer itself gives a shared cache: s-maxage before max-age before Expires, where CloudFront follows
 * RFC 9111, section 5; undefined where it gives none. Vary and Set-Cookie are kept from the library: CloudFront's key is
 * the cache policy's, whatever an answer says.
 */
function readMaxAge(headers: Headers): number | undefined {
  const { expires, date } = headers
  // The library knows directives in lower case alone; they are case-blind (5.2).
  const cacheControl = headers['cache-control']?.toLowerCase() ?? ''
  if (expires === undefined && !/max-?age=/.test(cacheControl)) return undefined
  const request = { url: '/', method: 'GET', headers: {} }
  const answer = { status: 200, headers: { 'cache-control': cacheControl, expires, date } }
  return new SharedCachePolicy(request, answer, {
    shared: true,
    cacheHeuristic: 0,
    immutableMinTimeToLive: 0,
  }).maxAge()
}
