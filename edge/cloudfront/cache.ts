import { LRUCache } from 'lru-cache'
import type { Lifetime } from './freshness.ts'

/** An answer of the origin, ready to be sent: the response headers policy is already in its headers. */
export interface StoredAnswer {
  status: number
  /** Name, value, name, value: as `writeHead` takes them. */
  headers: readonly string[]
  body: Buffer
}

export interface CacheEntry {
  answer: StoredAnswer
  /** Milliseconds since the epoch. */
  storedAt: number
  lifetime: Lifetime
  tags: readonly string[]
}

/** Bytes that the cache holds at most: a CloudFront location has more, a laptop should not notice. */
const maxCacheBytes = 512 * 1024 * 1024

/** Bytes that an entry costs besides its body. */
const entryOverheadBytes = 2048

/** Answers by cache key, the least recently used leaving first. */
export function createCache(maxBytes: number = maxCacheBytes): LRUCache<string, CacheEntry> {
  return new LRUCache({
    maxSize: maxBytes,
    sizeCalculation: ({ answer }) => answer.body.length + entryOverheadBytes,
  })
}
