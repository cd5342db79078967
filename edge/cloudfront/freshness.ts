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

/** How long an answer is kept; undefined where it is not cached at all. */
export function computeLifetime(
  status: number,
  cacheControl: string,
  policy: CachePolicy,
  errorMinSeconds: ReadonlyMap<number, number>,
): Lifetime | undefined {
  const directives = parseCacheControl(cacheControl)
  const maxAge = directives.get('s-maxage') ?? directives.get('max-age')
  if (status >= 400) {
    if (!alwaysCachedErrors.has(status) && !(sometimesCachedErrors.has(status) && maxAge !== undefined))
      return undefined
    // "whichever is greater": the error caching minimum TTL, or the origin's own.
    const seconds = Math.max(
      errorMinSeconds.get(status) ?? defaultErrorSeconds,
      Math.min(maxAge ?? 0, policy.maxSeconds),
    )
    return { freshSeconds: seconds, staleWhileRevalidateSeconds: 0, staleIfErrorSeconds: 0 }
  }
  const uncacheable = directives.has('no-store') || directives.has('no-cache') || directives.has('private')
  // "If your minimum TTL is 0 seconds, CloudFront honors" no-cache, no-store and private; above 0 it keeps that minimum.
  if (uncacheable && policy.minSeconds === 0) return undefined
  const wanted = uncacheable ? policy.minSeconds : (maxAge ?? policy.defaultSeconds)
  const freshSeconds = Math.min(Math.max(wanted, policy.minSeconds), policy.maxSeconds)
  if (freshSeconds === 0) return undefined
  // Both are honoured "up to the value of the maximum TTL".
  const within = (seconds = 0) => Math.min(seconds, policy.maxSeconds)
  return {
    freshSeconds,
    staleWhileRevalidateSeconds: within(directives.get('stale-while-revalidate')),
    staleIfErrorSeconds: within(directives.get('stale-if-error')),
  }
}

/** Directives by lower-case name; NaN becomes 0 where a number should stand. Source: RFC 9111, section 5.2. */
function parseCacheControl(text: string): Map<string, number> {
  const directives = new Map<string, number>()
  for (const piece of text.split(',')) {
    const [name = '', value = ''] = piece.trim().toLowerCase().split('=')
    if (name) directives.set(name, Number.parseInt(value.replace(/"/g, ''), 10) || 0)
  }
  return directives
}
