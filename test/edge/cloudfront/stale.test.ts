import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Bench, createBench, settle } from './counting-origin.ts'

/** A cache that holds "answer 1", overdue by `seconds`. */
async function createOverdue(cacheControl: string, seconds: number): Promise<Bench> {
  const bench = createBench()
  bench.say({ cacheControl: `max-age=60, ${cacheControl}` })
  await bench.get()
  bench.advance(60 + seconds)
  return bench
}

suite('stale-while-revalidate', () => {
  test('is served at once, while the origin is asked behind it', async () => {
    const bench = await createOverdue('stale-while-revalidate=30', 10)
    const release = bench.hold()
    const stale = await bench.get()
    assert.deepEqual([stale.text, stale.age, stale.xCache], ['answer 1', 70, 'Hit from cloudfront'])
    release()
    await settle()
    const fresh = await bench.get()
    assert.deepEqual([fresh.text, fresh.age], ['answer 2', 0])
    assert.equal(bench.asked.length, 2)
    assert.equal(bench.stats.stale, 1)
  })

  test('asks once however many are served meanwhile', async () => {
    const bench = await createOverdue('stale-while-revalidate=30', 10)
    const release = bench.hold()
    const answers = await Promise.all(Array.from({ length: 50 }, () => bench.get()))
    assert(answers.every(({ text }) => text === 'answer 1'))
    release()
    await settle()
    assert.equal(bench.asked.length, 2)
    assert.equal(bench.stats.stale, 50)
    // Nobody waited for what another had begun.
    assert.equal(bench.stats.collapsed, 0)
  })

  test('is over with its time', async () => {
    const bench = await createOverdue('stale-while-revalidate=30', 30)
    const answer = await bench.get()
    assert.deepEqual([answer.text, answer.xCache], ['answer 2', 'Miss from cloudfront'])
  })

  test('keeps what it has where the origin fails behind it and may be covered for', async () => {
    const bench = await createOverdue('stale-while-revalidate=30, stale-if-error=100', 10)
    bench.say({ status: 503 })
    await bench.get()
    await settle()
    assert.equal((await bench.get()).text, 'answer 1')
  })

  test('is made anew for GET also where HEAD asks first', async () => {
    const bench = await createOverdue('stale-while-revalidate=30', 10)
    await bench.get('/a', { method: 'HEAD' })
    await settle()
    assert.equal((await bench.get()).text, 'answer 2')
  })
})

suite('stale-if-error', () => {
  const failures: readonly (readonly [what: string, status: number, failed: boolean])[] = [
    ['answers 500', 500, false],
    ['answers 503', 503, false],
    ['cannot be reached', 502, true],
    ['does not answer in time', 504, true],
  ]
  for (const [what, status, failed] of failures) {
    test(`is served where the origin ${what}`, async () => {
      const bench = await createOverdue('stale-if-error=100', 50)
      bench.say({ status, failed })
      const answer = await bench.get()
      assert.deepEqual([answer.status, answer.text, answer.age], [200, 'answer 1', 110])
      assert.deepEqual([bench.stats.stale, bench.stats.errors], [1, 0])
    })
  }

  for (const status of [404, 403, 415, 400]) {
    test(`is not served where the origin answers ${status}, which is no failure`, async () => {
      const bench = await createOverdue('stale-if-error=100', 50)
      bench.say({ status })
      assert.equal((await bench.get()).status, status)
    })
  }

  test('is served to everyone who waited', async () => {
    const bench = await createOverdue('stale-if-error=100', 50)
    bench.say({ status: 503 })
    const answers = await Promise.all([bench.get(), bench.get(), bench.get()])
    assert(answers.every(({ text }) => text === 'answer 1'))
    assert.equal(bench.asked.length, 2)
  })

  test('ends once the origin is well again', async () => {
    const bench = await createOverdue('stale-if-error=100', 50)
    bench.say({ status: 503 })
    await bench.get()
    bench.say({ cacheControl: 'max-age=60' })
    assert.equal((await bench.get()).text, 'answer 3')
    assert.equal((await bench.get()).text, 'answer 3')
  })

  test('is over with its time', async () => {
    const bench = await createOverdue('stale-if-error=100', 100)
    bench.say({ status: 503 })
    const answer = await bench.get()
    assert.deepEqual([answer.status, answer.xCache], [503, 'Error from cloudfront'])
    assert.equal(bench.stats.errors, 1)
  })

  test('is nothing without the directive', async () => {
    const bench = await createOverdue('public', 1)
    bench.say({ status: 503 })
    assert.equal((await bench.get()).status, 503)
  })
})
