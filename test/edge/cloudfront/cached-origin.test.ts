import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { behaviour, createBench, settle } from './counting-origin.ts'

suite('createCachedOrigin', () => {
  test('answers a miss from the origin and a hit from the cache', async () => {
    const bench = createBench()
    bench.say({ cacheControl: 'max-age=60' })
    const miss = await bench.get()
    assert.equal(miss.xCache, 'Miss from cloudfront')
    assert.equal(miss.age, undefined)
    bench.advance(12.9)
    const hit = await bench.get()
    assert.equal(hit.xCache, 'Hit from cloudfront')
    assert.equal(hit.age, 12)
    assert.equal(hit.text, 'answer 1')
    assert.equal(bench.asked.length, 1)
    assert.deepEqual([bench.stats.misses, bench.stats.hits], [1, 1])
  })

  test('answers a hit at once, not by a promise', async () => {
    const bench = createBench()
    await bench.get()
    const answer = bench.cachedOrigin.get({ behaviour, method: 'GET', url: '/a', encodings: [], headers: {} })
    assert(!(answer instanceof Promise))
  })

  test('asks again once the time is over', async () => {
    const bench = createBench()
    bench.say({ cacheControl: 'max-age=60' })
    await bench.get()
    bench.advance(59.999)
    assert.equal((await bench.get()).text, 'answer 1')
    bench.advance(0.001)
    assert.equal((await bench.get()).text, 'answer 2')
    assert.equal((await bench.get()).age, 0)
  })

  test('keeps an answer that does not say for the default time', async () => {
    const bench = createBench()
    await bench.get()
    bench.advance(59)
    assert.equal((await bench.get()).text, 'answer 1')
    bench.advance(2)
    assert.equal((await bench.get()).text, 'answer 2')
  })

  test('tells path, query and cache policy apart, and nothing else', async () => {
    const bench = createBench()
    const other = { ...behaviour, cachePolicy: { ...behaviour.cachePolicy, id: 'other' } }
    await bench.get('/a')
    await bench.get('/a?x=1')
    await bench.get('/A')
    await bench.get('/a', { behaviour: other })
    assert.equal(bench.asked.length, 4)
    await bench.get('/a', { headers: { accept: 'image/avif' } })
    await bench.get('/a', { behaviour: { ...behaviour, pathPattern: '/other/*' } })
    assert.equal(bench.asked.length, 4)
  })

  test('sends the origin the URL as it is and the headers it is told to', async () => {
    const bench = createBench()
    await bench.get('/a~20b?rev=1&width=1', { headers: { 'cloudfront-is-mobile-viewer': 'true' } })
    assert.deepEqual(bench.asked, [
      { method: 'GET', url: '/a~20b?rev=1&width=1', headers: { 'cloudfront-is-mobile-viewer': 'true' } },
    ])
  })

  for (const cacheControl of ['no-store', 'no-cache', 'private', 'max-age=0']) {
    test(`does not keep ${cacheControl}`, async () => {
      const bench = createBench()
      bench.say({ cacheControl })
      await bench.get()
      assert.equal((await bench.get()).xCache, 'Miss from cloudfront')
      assert.equal(bench.asked.length, 2)
    })
  }

  test('forgets everything when it is cleared', async () => {
    const bench = createBench()
    await bench.get('/a')
    await bench.get('/b')
    bench.cachedOrigin.clear()
    assert.equal((await bench.get('/a')).text, 'answer 3')
    assert.equal((await bench.get('/b')).text, 'answer 4')
  })

  test('does not keep, or share, what was asked before it was cleared', async () => {
    const bench = createBench()
    const release = bench.hold()
    const before = bench.get()
    await settle()
    bench.cachedOrigin.clear()
    const after = bench.get()
    await settle()
    release()
    assert.equal((await before).text, 'answer 1')
    assert.equal((await after).text, 'answer 2')
    assert.equal((await bench.get()).text, 'answer 2')
  })
})

suite('createCachedOrigin on simultaneous misses', () => {
  test('asks once for fifty of one key', async () => {
    const bench = createBench()
    const release = bench.hold()
    const answers = Array.from({ length: 50 }, () => bench.get())
    await settle()
    release()
    const texts = (await Promise.all(answers)).map(({ text }) => text)
    assert.deepEqual(texts, Array(50).fill('answer 1'))
    assert.equal(bench.asked.length, 1)
    assert.deepEqual([bench.stats.misses, bench.stats.collapsed], [1, 49])
  })

  test('asks for each key', async () => {
    const bench = createBench()
    await Promise.all([bench.get('/a'), bench.get('/b'), bench.get('/a')])
    assert.equal(bench.asked.length, 2)
  })

  test('shares what is not kept, and then asks anew', async () => {
    const bench = createBench()
    bench.say({ cacheControl: 'no-store' })
    await Promise.all([bench.get(), bench.get(), bench.get()])
    assert.equal(bench.asked.length, 1)
    await bench.get()
    assert.equal(bench.asked.length, 2)
  })
})

suite('createCachedOrigin on errors', () => {
  const cases: readonly (readonly [status: number, cacheControl: string | undefined, seconds: number])[] = [
    [404, undefined, 10],
    [404, 'public, max-age=60', 60],
    [503, 'no-store', 1],
    [503, undefined, 1],
    [500, undefined, 10],
    [415, 'public, max-age=3600', 3600],
    [415, undefined, 0],
    [400, 'public, max-age=60', 60],
    [400, undefined, 0],
    [413, 'max-age=60', 0],
    [422, 'max-age=60', 0],
    [429, 'max-age=60', 0],
  ]
  for (const [status, cacheControl, seconds] of cases) {
    test(`keeps ${status} with ${cacheControl ?? 'no Cache-Control'} for ${seconds} s`, async () => {
      const bench = createBench()
      bench.say({ status, cacheControl })
      const first = await bench.get()
      assert.deepEqual([first.status, first.xCache], [status, 'Error from cloudfront'])
      bench.advance(Math.max(0, seconds - 0.5))
      const second = await bench.get()
      assert.equal(second.xCache, 'Error from cloudfront')
      assert.equal(bench.asked.length, seconds === 0 ? 2 : 1)
      bench.say({})
      bench.advance(0.5)
      assert.equal((await bench.get()).status, 200)
    })
  }

  test('counts every answer of 500 and above, kept or not', async () => {
    const bench = createBench()
    bench.say({ status: 503 })
    await bench.get()
    await bench.get()
    assert.equal(bench.stats.errors, 2)
  })
})

suite('createCachedOrigin on HEAD', () => {
  test('answers from what a GET has brought', async () => {
    const bench = createBench()
    await bench.get()
    const head = await bench.get('/a', { method: 'HEAD' })
    assert.deepEqual([head.xCache, head.text], ['Hit from cloudfront', 'answer 1'])
    assert.equal(bench.asked.length, 1)
  })

  test('keeps nothing of a HEAD, so that GET never lacks its body', async () => {
    const bench = createBench()
    assert.equal((await bench.get('/a', { method: 'HEAD' })).text, '')
    const get = await bench.get()
    assert.deepEqual([get.xCache, get.text], ['Miss from cloudfront', 'answer 2'])
  })

  test('does not join a GET, nor a GET a HEAD', async () => {
    const bench = createBench()
    const release = bench.hold()
    const [head, get] = [bench.get('/a', { method: 'HEAD' }), bench.get()]
    await settle()
    release()
    assert.deepEqual([(await head).text, (await get).text], ['', 'answer 2'])
    assert.deepEqual(
      bench.asked.map(({ method }) => method),
      ['HEAD', 'GET'],
    )
  })
})
