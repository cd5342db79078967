import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { formatCacheTag } from '../../../grammar/cache-tag.ts'
import { createBench } from '../cloudfront/counting-origin.ts'
import { closeFlows, openFlow } from './running-flow.ts'

// The built function of the synthesized template, called by its queue, against CloudFront's API: nothing of it is replaced.
after(closeFlows)

const item = (key: string) => `#${formatCacheTag(key)}`

/** How often each item was invalidated. */
function count(invalidations: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const each of invalidations.flat()) counts.set(each, (counts.get(each) ?? 0) + 1)
  return counts
}

suite('a changed original', () => {
  test('is invalidated by its cache tag, once more after the longest render, and then no more', async () => {
    const flow = await openFlow()
    flow.change('products/chair.jpg')
    flow.advance(6)
    await flow.until(() => flow.invalidations.length === 1)
    assert.deepEqual(flow.invalidations, [[item('products/chair.jpg')]])
    await flow.until(() => flow.changes.count() === 1 && flow.changes.countVisible() === 0)
    flow.advance(20)
    assert.equal(flow.changes.countVisible(), 0, 'not before 25 seconds')
    flow.advance(12)
    await flow.until(() => flow.invalidations.length === 2, 1)
    assert.deepEqual(flow.invalidations[1], flow.invalidations[0])
    await flow.until(() => flow.changes.count() === 0)
    assert.equal(flow.deadLetters.count(), 0)
  })

  test('of any name is the one that the transformer tags', async () => {
    const flow = await openFlow()
    const keys = [
      'a b.jpg',
      'a+b.jpg',
      '100%.jpg',
      '%41.jpg',
      'café/写真.jpg',
      '🦅.png',
      '__proto__',
      'x"y\\z.jpg',
    ]
    for (const key of keys) flow.change(key)
    flow.advance(6)
    await flow.until(() => flow.invalidations.length > 0)
    const items = flow.invalidations.flat()
    for (const key of keys) assert.ok(items.includes(item(key)), key)
  })

  test('is invalidated once where it changed three hundred times, in any order, and came twice', async () => {
    const flow = await openFlow()
    for (let time = 0; time < 300; time++) {
      flow.change('busy.jpg', time % 3 === 2 ? 'Object Created' : 'Object Deleted')
      if (time % 100 === 0) flow.change('other.jpg', 'Object Deleted')
    }
    flow.advance(6)
    await flow.until(() => flow.changes.count() === 1)
    const expected = new Map([
      [item('busy.jpg'), 1],
      [item('other.jpg'), 1],
    ])
    assert.deepEqual(count(flow.invalidations), expected)
    await flow.until(() => flow.changes.count() === 0, 5)
    assert.deepEqual([...count(flow.invalidations).values()], [2, 2])
  })
})

suite('a thousand changed originals', () => {
  test('are invalidated in few requests, each twice', async () => {
    const flow = await openFlow()
    const keys = Array.from({ length: 1000 }, (_, index) => `folder/${index}.jpg`)
    for (const key of keys) flow.change(key)
    await flow.until(() => flow.invalidations.flat().length === 1000)
    assert.ok(flow.invalidations.length <= 3, `${flow.invalidations.length} requests`)
    await flow.until(() => flow.changes.count() === 0, 5)
    assert.deepEqual(count(flow.invalidations), new Map(keys.map((key) => [item(key), 2])))
    assert.equal(flow.deadLetters.count(), 0)
  })
})

suite('the limit of invalidations in progress', () => {
  test('delays what is above it, and loses nothing', async () => {
    const flow = await openFlow()
    const keys = Array.from({ length: 3600 }, (_, index) => `${index}.jpg`)
    for (const key of keys) flow.change(key)
    await flow.until(() => flow.invalidations.flat().length >= 3000)
    assert.ok(flow.changes.count() > 0, 'some wait')
    await flow.until(() => flow.changes.count() === 0, 4)
    const counts = count(flow.invalidations)
    assert.equal(counts.size, keys.length)
    assert.ok([...counts.values()].every((times) => times >= 2))
    assert.equal(flow.deadLetters.count(), 0)
  })
})

suite('trouble', () => {
  test('with one message leaves the others alone and puts it to the dead letters', async () => {
    const flow = await openFlow()
    const poison = ['{', '"text"', '{}', '{"repeat":[]}', '{"repeat":["/*"]}', '{"source":"aws.s3"}']
    for (const body of poison) flow.changes.send(body)
    flow.change('good.jpg')
    await flow.until(() => flow.deadLetters.count() === poison.length, 5)
    await flow.until(() => flow.changes.count() === 0, 5)
    assert.deepEqual(count(flow.invalidations), new Map([[item('good.jpg'), 2]]))
    const bodies = flow.deadLetters.receive(10).map(({ body }) => body)
    assert.deepEqual(bodies.sort(), poison.sort())
  })

  test('with CloudFront that passes is over when it passes', async () => {
    let refusals = 0
    const flow = await openFlow(() => {
      if (refusals++ < 3) throw new Error('not now')
    })
    flow.change('a.jpg')
    await flow.until(() => flow.changes.count() === 0, 5)
    assert.equal(refusals, 5)
    assert.deepEqual(count(flow.invalidations), new Map([[item('a.jpg'), 2]]))
  })

  test('with CloudFront that lasts puts every change to the dead letters', async () => {
    const flow = await openFlow(() => {
      throw new Error('never')
    })
    for (const key of ['a.jpg', 'b.jpg']) flow.change(key)
    await flow.until(() => flow.deadLetters.count() === 2, 300)
    assert.equal(flow.invalidations.length, 0)
    const keys = flow.deadLetters.receive(2).map(({ body }) => JSON.parse(body).detail.object.key)
    assert.deepEqual(keys.sort(), ['a.jpg', 'b.jpg'])
  })
})

suite('a render under way when its original changes', () => {
  test('is kept after the first invalidation and gone after the second', async () => {
    const { cachedOrigin, get, say, hold } = createBench()
    const tags = { 'x-tags': formatCacheTag('a.jpg') }
    const flow = await openFlow((items) => void cachedOrigin.invalidate(items, 'kept'))
    say({ cacheControl: 'max-age=3600', headers: tags })
    const release = hold()
    const old = get()
    flow.change('a.jpg')
    flow.advance(6)
    await flow.until(() => flow.invalidations.length === 1)
    release()
    const { text } = await old
    assert.deepEqual(
      [(await get()).text, (await get()).xCache],
      [text, 'Hit from cloudfront'],
      'the old one is kept',
    )
    await flow.until(() => flow.invalidations.length === 2, 5)
    const fresh = await get()
    assert.equal(fresh.xCache, 'Miss from cloudfront')
    assert.notEqual(fresh.text, text)
  })
})
