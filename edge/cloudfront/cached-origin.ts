import type { Stats } from '../stats.ts'
import type { Behaviour, Deployment, Encoding } from '../template/deployment.ts'
import { type CacheEntry, createCache, type StoredAnswer } from './cache.ts'
import { chooseEncoding, compress, describePacked } from './compression.ts'
import { computeLifetime } from './freshness.ts'
import { compileInvalidation } from './invalidation.ts'
import type { FetchOrigin, OriginAnswer } from './origin-client.ts'
import { composeHeaders, replaceHeaders } from './response-headers.ts'

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
  /** What the viewer unpacks, as it is in the key. */
  encodings: readonly Encoding[]
  /** What the origin is sent besides. */
  headers: Readonly<Record<string, string>>
}

/** The cache, and the origin behind it. */
export interface CachedOrigin {
  /** At once for hits, which is most of the time. */
  get(request: OriginBoundRequest): EdgeAnswer | Promise<EdgeAnswer>
  /**
   * Forgets what the items of an invalidation name (see `invalidation.ts`).
   *
   * @param underWay whether what is being fetched meanwhile is kept when it comes; default no. What CloudFront does is not
   *   documented: its API is played as if it were kept, which is worse.
   * @returns how many answers were forgotten.
   * @throws Error for an item that is neither a path nor a tag.
   */
  invalidate(items: readonly string[], underWay?: 'kept' | 'forgotten'): number
  /** Forgets everything. */
  clear(): void
}

interface Fetched {
  answer: StoredAnswer
  /** Whether the origin failed, so that something stale may be better. */
  failed: boolean
  /** Whether the origin said that the stored answer still holds. */
  refreshed: boolean
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
  const served = new WeakMap<CacheEntry, EdgeAnswer>()

  return { get, invalidate, clear: () => void invalidate(['/*']) }

  function invalidate(items: readonly string[], underWay: 'kept' | 'forgotten' = 'forgotten'): number {
    const takes = items.map(compileInvalidation)
    const gone = [...cache.entries()].filter(([key, entry]) => takes.some((take) => take(urlOf(key), entry)))
    for (const [key] of gone) cache.delete(key)
    // What is still under way may have read the old original: it is answered, but neither shared nor kept.
    if (underWay === 'forgotten') fetches.clear()
    return gone.length
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
      if (!fetches.has(`GET ${key}`)) void fetchOnce(key, { ...request, method: 'GET' }, entry)
      return serve(entry)
    }
    return fetchOnce(key, request, entry).then(({ answer, failed, refreshed }) => {
      if (refreshed) return { ...answer, xCache: 'RefreshHit from cloudfront', age: 0 }
      if (failed && entry && overdue < entry.lifetime.staleIfErrorSeconds) {
        stats.stale++
        return serve(entry)
      }
      if (answer.status >= 500) stats.errors++
      return { ...answer, xCache: answer.status >= 400 ? 'Error from cloudfront' : 'Miss from cloudfront' }
    })
  }

  /** Asks the origin, or joins a request that is asking it the same. */
  function fetchOnce(key: string, request: OriginBoundRequest, expired?: CacheEntry): Promise<Fetched> {
    // HEAD brings no body, so it neither joins a GET nor is kept.
    const fetchKey = `${request.method} ${key}`
    const underWay = fetches.get(fetchKey)
    if (underWay) {
      stats.collapsed++
      return underWay
    }
    stats.misses++
    const { behaviour, method, url, encodings } = request
    const headers = {
      ...request.headers,
      ...(encodings.length > 0 && { 'accept-encoding': encodings.join(',') }),
      ...revalidationHeaders(expired),
    }
    const fetching: Promise<Fetched> = fetchOrigin(behaviour.origin, { method, url, headers }).then(
      async (fetched) => {
        const packed = await packAnswer(request, fetched)
        const current = fetches.get(fetchKey) === fetching
        if (current) fetches.delete(fetchKey)
        return fetched.status === 304 && expired
          ? refresh(key, request, fetched, expired, current)
          : store(key, request, packed, current)
      },
    )
    fetches.set(fetchKey, fetching)
    return fetching
  }

  /** "CloudFront sends a conditional request": what the origin still holds unchanged is not sent again. */
  function refresh(
    key: string,
    { behaviour, method }: OriginBoundRequest,
    { headers }: OriginAnswer,
    expired: CacheEntry,
    keep: boolean,
  ): Fetched {
    const { status, body } = expired.answer
    const encoding = readEncoding(expired.answer.headers)
    const newer = composeHeaders(
      encoding ? describePacked(headers, encoding) : headers,
      behaviour.responseHeaders,
    )
    const answer = { status, headers: replaceHeaders(expired.answer.headers, newer), body }
    const lifetime = lifetimeOf(behaviour, status, headers)
    if (lifetime && keep && method === 'GET') {
      cache.set(key, { answer, lifetime, storedAt: now(), tags: expired.tags })
    }
    return { answer, failed: false, refreshed: true }
  }

  function store(
    key: string,
    { behaviour, method }: OriginBoundRequest,
    { status, headers, body, failed: unreachable }: OriginAnswer,
    keep: boolean,
  ): Fetched {
    const failed = unreachable || status >= 500
    const composed = composeHeaders(headers, behaviour.responseHeaders)
    // Of a HEAD only the origin knows the length: there is no body to count.
    const length = method === 'HEAD' ? headers['content-length'] : undefined
    if (length !== undefined) composed.push('content-length', length)
    const answer = { status, headers: composed, body }
    const lifetime = lifetimeOf(behaviour, status, headers)
    const stale = cache.peek(key)
    // A failure must not push out what may be served in its place.
    const worthMore = failed && stale && secondsOverdue(stale) < stale.lifetime.staleIfErrorSeconds
    if (lifetime && keep && method === 'GET' && !worthMore) {
      cache.set(key, { answer, lifetime, storedAt: now(), tags: readTags(headers) })
    }
    return { answer, failed, refreshed: false }
  }

  function lifetimeOf(behaviour: Behaviour, status: number, headers: Readonly<Record<string, string>>) {
    const { errorCachingMinSeconds } = deployment
    return computeLifetime(status, headers, behaviour.cachePolicy, errorCachingMinSeconds)
  }

  function readTags(headers: Readonly<Record<string, string>>): string[] {
    const tags = headers[deployment.cacheTagHeader ?? ''] ?? ''
    return tags.split(',').map((tag) => tag.trim().toLowerCase())
  }

  function secondsOverdue(entry: CacheEntry): number {
    return (now() - entry.storedAt) / 1000 - entry.lifetime.freshSeconds
  }

  /** The entry as it is sent; the same object throughout a second, so that what is made of it is made once. */
  function serve(entry: CacheEntry): EdgeAnswer {
    const age = Math.floor((now() - entry.storedAt) / 1000)
    if (entry.answer.status >= 500) stats.errors++
    const last = served.get(entry)
    if (last?.age === age) return last
    const { status } = entry.answer
    // A cached error is an "Error" to CloudFront too.
    const xCache = status >= 400 ? 'Error from cloudfront' : 'Hit from cloudfront'
    const answer = { ...entry.answer, xCache, age }
    served.set(entry, answer)
    return answer
  }
}

/** If-None-Match where the stored answer has an ETag. */
function revalidationHeaders(expired: CacheEntry | undefined): Record<string, string> {
  const headers = expired?.answer.headers ?? []
  const etag = headers.includes('etag') ? headers[headers.indexOf('etag') + 1] : undefined
  return etag === undefined ? {} : { 'if-none-match': etag }
}

/** An answer as it is stored for who unpacks what `encodings` says. */
async function packAnswer(
  { behaviour, method, encodings }: OriginBoundRequest,
  fetched: OriginAnswer,
): Promise<OriginAnswer> {
  const encoding = method === 'GET' ? chooseEncoding(fetched, behaviour, encodings) : undefined
  if (!encoding) return fetched
  const { headers, body } = fetched
  return { ...fetched, headers: describePacked(headers, encoding), body: await compress(body, encoding) }
}

function readEncoding(headers: readonly string[]): Encoding | undefined {
  const at = headers.indexOf('content-encoding')
  return at < 0 ? undefined : (headers[at + 1] as Encoding)
}

/** Path and query are the key, and how they are packed; behaviours with different cache policies do not share. */
function formatKey({ behaviour, url, encodings }: OriginBoundRequest): string {
  const packed = encodings.length > 0 ? `,${encodings}` : ''
  return `${behaviour.cachePolicy.id}${packed} ${url}`
}

function urlOf(key: string): string {
  return key.slice(key.indexOf(' ') + 1)
}
