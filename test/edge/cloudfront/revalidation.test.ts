import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Bench, behaviour, createBench, settle } from './counting-origin.ts'

/** A cache that holds "answer 1" with the ETag "1", a second overdue. */
async function createExpired(cacheControl = 'max-age=60'): Promise<Bench> {
  const bench = createBench()
  bench.say({ cacheControl, etag: '"1"' })
  await bench.get()
  bench.advance(61)
  return bench
}

suite('an expired answer with an ETag', () => {
  test('is asked for by If-None-Match, and served again after a 304', async () => {
    const bench = await createExpired()
    const refreshed = await bench.get()
    assert.equal(bench.asked[1]?.headers['if-none-match'], '"1"')
    assert.deepEqual([refreshed.status, refreshed.text], [200, 'answer 1'])
    assert.deepEqual([refreshed.xCache, refreshed.age], ['RefreshHit from cloudfront', 0])
  })

  test('is fresh again for as long as the 304 says', async () => {
    const bench = await createExpired()
    bench.say({ cacheControl: 'max-age=300', etag: '"1"' })
    await bench.get()
    bench.advance(299)
    const kept = await bench.get()
    assert.deepEqual([kept.xCache, kept.age], ['Hit from cloudfront', 299])
    bench.advance(2)
    await bench.get()
    assert.equal(bench.asked.length, 3)
  })

  test('has the headers that the 304 brings in place of its own', async () => {
    const bench = await createExpired()
    bench.say({ cacheControl: 'max-age=60', etag: '"1"', headers: { 'x-new': '1' } })
    const { headers } = await bench.get()
    assert.equal(headers[headers.indexOf('x-new') + 1], '1')
    assert.equal(headers.filter((name) => name === 'etag').length, 1)
  })

  test('keeps the headers of the policy, whatever the 304 says', async () => {
    const bench = createBench()
    const strict = { ...behaviour, responseHeaders: [{ name: 'x-a', value: 'policy', override: true }] }
    bench.say({ cacheControl: 'max-age=60', etag: '"1"', headers: { 'x-a': 'origin' } })
    await bench.get('/a', { behaviour: strict })
    bench.advance(61)
    const { headers, xCache } = await bench.get('/a', { behaviour: strict })
    assert.equal(xCache, 'RefreshHit from cloudfront')
    assert.equal(headers[headers.indexOf('x-a') + 1], 'policy')
  })

  test('is replaced where the origin has another', async () => {
    const bench = await createExpired()
    bench.say({ cacheControl: 'max-age=60', etag: '"2"' })
    const anew = await bench.get()
    assert.deepEqual([anew.text, anew.xCache], ['answer 2', 'Miss from cloudfront'])
    assert.equal((await bench.get()).text, 'answer 2')
  })

  test('is asked for once by many', async () => {
    const bench = await createExpired()
    const answers = await Promise.all(Array.from({ length: 20 }, () => bench.get()))
    assert(answers.every(({ text, status }) => text === 'answer 1' && status === 200))
    assert.equal(bench.asked.length, 2)
  })

  test('is refreshed behind stale-while-revalidate', async () => {
    const bench = await createExpired('max-age=60, stale-while-revalidate=60')
    assert.equal((await bench.get()).age, 61)
    await settle()
    const fresh = await bench.get()
    assert.deepEqual([fresh.text, fresh.age], ['answer 1', 0])
    assert.equal(bench.asked.length, 2)
  })

  test('is not asked for in this way once it is gone', async () => {
    const bench = await createExpired()
    bench.cachedOrigin.clear()
    assert.equal((await bench.get()).text, 'answer 2')
    assert.equal(bench.asked[1]?.headers['if-none-match'], undefined)
  })
})
