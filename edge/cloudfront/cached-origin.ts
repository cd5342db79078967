import type { Stats } from '../stats.ts'
import type { Behaviour, Deployment } from '../template/deployment.ts'
import { type CacheEntry, createCache, type StoredAnswer } from './cache.ts'
import { computeLifetime } from './freshness.ts'
import type { FetchOrigin, OriginAnswer } from './origin-client.ts'
import { composeHeaders } from './response-headers.ts'

/** What a viewer is sent. */
export interface EdgeAnswer extends StoredAnswer {
  /** Value of X-Cache. */
  xCache: string
  /** Seconds; undefined where the answer does not come from the cache. */
  age?: number
}

/** A request after the viewer function, which decided its path and query and so its cache key. */
export interface OriginBoundRequest {
  behaviour: Behaviour
  method: string
  /** Path and query. */
  url: string
  /** What the origin is sent besides. */
  headers: Readonly<Record<string, string>>
}

/** The cache, and the origin behind it. */
export interface CachedOrigin {
  /** At once for hits, which is most of the time. */
  get(request: OriginBoundRequest): EdgeAnswer | Promise<EdgeAnswer>
  /** Forgets everything. */
  clear(): void
}

interface Fetched {
  answer: StoredAnswer
  /** Whether the origin failed, so that something stale may be better. */
  failed: boolean
}

/**
 * A cache of the origin's answers. Simultaneous misses of one key share one fetch; what is overdue is served stale while
 * it is fetched again, or where the origin fails, as far as its Cache-Control allows.
 *
 * @param now milliseconds since the epoch.
 */
export function createCachedOrigin(
  deployment: Deployment,
  fetchOrigin: FetchOrigin,
  stats: Stats,
  now: () => number,
): CachedOrigin {
  const cache = createCache()
  const fetches = new Map<string, Promise<Fetched>>()
  let clearings = 0

  return { get, clear }

  function clear(): void {
    cache.clear()
    // What is still under way was asked before: it is neither kept nor shared any more.
    fetches.clear()
    clearings++
  }

  function get(request: OriginBoundRequest): EdgeAnswer | Promise<EdgeAnswer> {
    const key = formatKey(request)
    const entry = cache.get(key)
    const overdue = entry ? secondsOverdue(entry) : Number.POSITIVE_INFINITY
    if (entry && overdue < 0) {
      stats.hits++
      return serve(entry)
    }
    if (entry && overdue < entry.lifetime.staleWhileRevalidateSeconds) {
      stats.stale++
      // By GET whatever was asked: HEAD would bring nothing to keep.
      if (!fetches.has(`GET ${key}`)) void fetchOnce(key, { ...request, method: 'GET' })
      return serve(entry)
    }
    return fetchOnce(key, request).then(({ answer, failed }) => {
      if (failed && entry && overdue < entry.lifetime.staleIfErrorSeconds) {
        stats.stale++
        return serve(entry)
      }
      if (answer.status >= 500) stats.errors++
      return { ...answer, xCache: answer.status >= 400 ? 'Error from cloudfront' : 'Miss from cloudfront' }
    })
  }

  /** Asks the origin, or joins a request that is asking it the same. */
  function fetchOnce(key: string, request: OriginBoundRequest): Promise<Fetched> {
    // HEAD brings no body, so it neither joins a GET nor is kept.
    const fetchKey = `${request.method} ${key}`
    const underWay = fetches.get(fetchKey)
    if (underWay) {
      stats.collapsed++
      return underWay
    }
    stats.misses++
    const { behaviour, method, url, headers } = request
    const clearingsBefore = clearings
    const fetching = fetchOrigin(behaviour.origin, { method, url, headers })
      .then((answer) => store(key, request, answer, clearingsBefore === clearings))
      .finally(() => {
        if (fetches.get(fetchKey) === fetching) fetches.delete(fetchKey)
      })
    fetches.set(fetchKey, fetching)
    return fetching
  }

  function store(
    key: string,
    { behaviour, method }: OriginBoundRequest,
    fetched: OriginAnswer,
    current: boolean,
  ): Fetched {
    const { status, headers, body } = fetched
    const failed = fetched.failed || status >= 500
    const answer = { status, headers: composeHeaders(headers, behaviour.responseHeaders), body }
    const lifetime = computeLifetime(
      status,
      headers['cache-control'] ?? '',
      behaviour.cachePolicy,
      deployment.errorCachingMinSeconds,
    )
    const stale = cache.peek(key)
    // A failure must not push out what may be served in its place.
    const worthMore = failed && stale && secondsOverdue(stale) < stale.lifetime.staleIfErrorSeconds
    if (lifetime && method === 'GET' && current && !worthMore) {
      cache.set(key, { answer, lifetime, storedAt: now(), tags: readTags(headers) })
    }
    return { answer, failed }
  }

  function readTags(headers: Readonly<Record<string, string>>): string[] {
    const tags = headers[deployment.cacheTagHeader ?? ''] ?? ''
    return tags.split(',').map((tag) => tag.trim().toLowerCase())
  }

  function secondsOverdue(entry: CacheEntry): number {
    return (now() - entry.storedAt) / 1000 - entry.lifetime.freshSeconds
  }

  function serve(entry: CacheEntry): EdgeAnswer {
    const age = Math.floor((now() - entry.storedAt) / 1000)
    const { status, headers, body } = entry.answer
    if (status >= 500) stats.errors++
    // A cached error is an "Error" to CloudFront too.
    return {
      status,
      headers,
      body,
      xCache: status >= 400 ? 'Error from cloudfront' : 'Hit from cloudfront',
      age,
    }
  }
}

/** Path and query are the key; behaviours with different cache policies do not share. */
function formatKey({ behaviour, url }: OriginBoundRequest): string {
  return `${behaviour.cachePolicy.id} ${url}`
}
