import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { capLifetime } from '../../transformer/cap-lifetime.ts'
import { makePhotograph } from '../images/photograph.ts'
import { createTransformer, makeEvent, type Received, receive, urlOf } from './run.ts'

const first = createTransformer()
const second = createTransformer(first.pictures, { settings: { maxAgeSeconds: 300 } })

before(async () => {
  first.pictures['x.jpg'] = await makePhotograph(120, 80).jpeg().toBuffer()
  first.pictures['text.jpg'] = Buffer.from('no image')
})

/** The answers of both to the same request. */
async function askBoth(
  key: string,
  parameters: object = {},
  headers?: Record<string, string>,
): Promise<[Received, Received]> {
  const event = makeEvent(urlOf(key, { width: 60, format: 'webp', ...parameters }), 'GET', headers)
  return [receive(await first.invoke(event)), receive(await second.invoke(event))]
}

suite('capLifetime', () => {
  for (const [given, capped] of [
    ['public, max-age=86400, s-maxage=2592000', 'public, max-age=300, s-maxage=300'],
    ['public, max-age=60', 'public, max-age=60'],
    ['public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800', 'public, max-age=300'],
    ['public, max-age=31536000, immutable', 'public, max-age=300'],
    ['no-store', 'no-store'],
  ] as const) {
    test(`makes ${capped} of ${given}`, () => {
      const answer = { status: 200, headers: { etag: '"1"', 'cache-control': given }, body: Buffer.alloc(0) }
      assert.deepEqual(capLifetime(answer, 300).headers, { etag: '"1"', 'cache-control': capped })
    })
  }
})

suite('a transformer whose originals are copies', () => {
  test('answers the same picture, for five minutes', async () => {
    const [own, copy] = await askBoth('x.jpg')
    assert.deepEqual([own.status, copy.status], [200, 200])
    assert.deepEqual(copy.body, own.body)
    assert.equal(copy.headers.etag, own.headers.etag)
    assert.match(String(own.headers['cache-control']), /s-maxage=2592000/)
    assert.equal(copy.headers['cache-control'], 'public, max-age=300, s-maxage=300')
  })

  test('says so of what has not changed, too', async () => {
    const [{ headers }] = await askBoth('x.jpg')
    const [own, copy] = await askBoth('x.jpg', {}, { 'if-none-match': String(headers.etag) })
    assert.deepEqual([own.status, copy.status], [304, 304])
    assert.equal(copy.headers['cache-control'], 'public, max-age=300, s-maxage=300')
  })

  test('makes no version immutable: the copy of this one may be the one before', async () => {
    const [own, copy] = await askBoth('x.jpg', { version: 'v7' })
    assert.match(String(own.headers['cache-control']), /immutable/)
    assert.equal(copy.headers['cache-control'], 'public, max-age=300')
  })

  test('remembers a broken original for five minutes instead of an hour', async () => {
    const [own, copy] = await askBoth('text.jpg')
    assert.deepEqual([own.status, copy.status], [415, 415])
    assert.equal(own.headers['cache-control'], 'public, max-age=3600')
    assert.equal(copy.headers['cache-control'], 'public, max-age=300')
  })

  test('remembers that there is no copy yet for the minute that it is remembered anywhere', async () => {
    const [own, copy] = await askBoth('missing.jpg')
    assert.deepEqual([own.status, copy.status], [404, 404])
    assert.equal(copy.headers['cache-control'], 'public, max-age=60')
    assert.equal(own.headers['cache-control'], copy.headers['cache-control'])
  })
})
