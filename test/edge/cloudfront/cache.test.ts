import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type CacheEntry, createCache } from '../../../edge/cloudfront/cache.ts'

const kilobyte = 1024

function entryOf(bytes: number): CacheEntry {
  return {
    answer: { status: 200, headers: [], body: Buffer.alloc(bytes) },
    storedAt: 0,
    lifetime: { freshSeconds: 60, staleWhileRevalidateSeconds: 0, staleIfErrorSeconds: 0 },
    tags: [],
  }
}

suite('createCache', () => {
  test('holds no more bytes than it may, letting the least recently used go', () => {
    const cache = createCache(100 * kilobyte)
    for (const key of ['a', 'b', 'c']) cache.set(key, entryOf(30 * kilobyte))
    cache.get('a')
    cache.set('d', entryOf(30 * kilobyte))
    assert.deepEqual([...cache.keys()].sort(), ['a', 'c', 'd'])
    assert(cache.calculatedSize <= 100 * kilobyte)
  })

  test('stays within its bytes under a flood of empty answers, which cost something too', () => {
    const cache = createCache(100 * kilobyte)
    for (let index = 0; index < 10_000; index++) cache.set(`k${index}`, entryOf(0))
    assert(cache.size <= 100 && cache.size > 10, `${cache.size} entries`)
    assert(cache.has('k9999'))
  })

  test('does not take what alone is larger than all of it, and loses nothing for it', () => {
    const cache = createCache(100 * kilobyte)
    cache.set('small', entryOf(kilobyte))
    cache.set('huge', entryOf(200 * kilobyte))
    assert.deepEqual([...cache.keys()], ['small'])
  })
})
