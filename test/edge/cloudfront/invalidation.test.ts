import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createBench } from './counting-origin.ts'

/** What is stored, by URL and cache tags. */
const stored: Readonly<Record<string, string>> = {
  '/a.jpg?rev=1&width=1': 'o-a',
  '/a.jpg?rev=1&width=2': 'o-a, Overlay-1',
  '/a.jpgx?rev=1': 'o-ax',
  '/b/c.jpg?rev=1': 'o-c,overlay-1',
  '/B/c.jpg?rev=1': 'o-C2',
}

suite('invalidate', () => {
  const cases: readonly (readonly [items: readonly string[], kept: readonly string[]])[] = [
    [['/*'], []],
    [['/a.jpg'], ['/a.jpgx?rev=1', '/b/c.jpg?rev=1', '/B/c.jpg?rev=1']],
    [['/a.jpg?rev=1&width=1'], ['/a.jpg?rev=1&width=2', '/a.jpgx?rev=1', '/b/c.jpg?rev=1', '/B/c.jpg?rev=1']],
    [['/a.jpg*'], ['/b/c.jpg?rev=1', '/B/c.jpg?rev=1']],
    [['/b/*'], ['/a.jpg?rev=1&width=1', '/a.jpg?rev=1&width=2', '/a.jpgx?rev=1', '/B/c.jpg?rev=1']],
    [['#o-a'], ['/a.jpgx?rev=1', '/b/c.jpg?rev=1', '/B/c.jpg?rev=1']],
    [['#O-A'], ['/a.jpgx?rev=1', '/b/c.jpg?rev=1', '/B/c.jpg?rev=1']],
    [['#overlay-1'], ['/a.jpg?rev=1&width=1', '/a.jpgx?rev=1', '/B/c.jpg?rev=1']],
    [
      ['#o-c', '#o-c2', '/a.jpgx'],
      ['/a.jpg?rev=1&width=1', '/a.jpg?rev=1&width=2'],
    ],
    [['#o'], Object.keys(stored)],
    [['#*'], Object.keys(stored)],
    [['/a'], Object.keys(stored)],
    [[], Object.keys(stored)],
  ]
  for (const [items, kept] of cases) {
    test(`of ${items.join(' and ') || 'nothing'} keeps ${kept.length} of ${Object.keys(stored).length}`, async () => {
      const bench = createBench()
      for (const [url, tags] of Object.entries(stored)) {
        bench.say({ headers: { 'x-tags': tags } })
        await bench.get(url)
      }
      const count = bench.cachedOrigin.invalidate(items)
      assert.equal(count, Object.keys(stored).length - kept.length)
      const hits = []
      for (const url of Object.keys(stored)) {
        if ((await bench.get(url)).xCache.startsWith('Hit')) hits.push(url)
      }
      assert.deepEqual(hits, kept)
    })
  }

  for (const item of ['a.jpg', '', '*']) {
    test(`refuses "${item}" and takes nothing away`, async () => {
      const bench = createBench()
      await bench.get()
      assert.throws(() => bench.cachedOrigin.invalidate(['/*', item]), /expected a path/)
      assert.equal((await bench.get()).xCache, 'Hit from cloudfront')
    })
  }
})
