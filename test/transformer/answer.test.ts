import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { answerHeaders } from '../../grammar/answer-headers.ts'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { makePhotograph } from '../images/photograph.ts'
import { createTransformer, imageOf, makeEvent, receive, urlOf } from './run.ts'

const { get, invoke, pictures } = createTransformer()

let photograph: Buffer

before(async () => {
  photograph = await makePhotograph(120, 80).jpeg().toBuffer()
  pictures['x.jpg'] = photograph
  pictures['y.jpg'] = photograph
})

/** What keeps content that a person uploaded from running as a page, and pages from breaking on it. */
const guards = {
  ...answerHeaders,
  'content-security-policy':
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
  'access-control-allow-origin': '*',
}

const webp: VariantParameters = { width: 60, format: 'webp' }

suite('the ETag of a variant', () => {
  const etagOf = async (
    {
      etag = '"one"',
      lastModified = undefined as Date | undefined,
      fingerprint = 'test',
      remainingMs = 10_000,
    } = {},
    key = 'x.jpg',
    parameters = webp,
  ) => {
    const transformer = createTransformer(
      { [key]: { bytes: photograph, etag, lastModified } },
      { settings: { fingerprint }, remainingMs },
    )
    return (await transformer.get(key, parameters)).headers.etag
  }

  test('is a strong one', async () => assert.match((await etagOf()) ?? '', /^"[\x21\x23-\x7e]{16,}"$/))

  const changes = {
    'the ETag of the original': () => etagOf({ etag: '"two"' }),
    'the fingerprint of the code': () => etagOf({ fingerprint: 'other' }),
    'the key': () => etagOf({}, 'y.jpg'),
    'the width': () => etagOf({}, 'x.jpg', { ...webp, width: 61 }),
    'the format': () => etagOf({}, 'x.jpg', { ...webp, format: 'auto.webp' }),
    'the quality': () => etagOf({}, 'x.jpg', { ...webp, quality: 'low' }),
    'the version': () => etagOf({}, 'x.jpg', { ...webp, version: 'a' }),
  }
  for (const [name, change] of Object.entries(changes)) {
    test(`changes with ${name}`, async () => assert.notEqual(await change(), await etagOf()))
  }

  const constants = {
    'the time': () => etagOf(),
    'the time that is left': () => etagOf({ remainingMs: 9000 }),
    'when the original was put there': () => etagOf({ lastModified: new Date(0) }),
  }
  for (const [name, change] of Object.entries(constants)) {
    test(`does not change with ${name}`, async () => assert.equal(await change(), await etagOf()))
  }

  test('does not change with the revision that the URL names, nor with headers', async () => {
    const url = urlOf('x.jpg', webp)
    const result = await invoke(makeEvent(url, 'GET', { accept: 'image/avif', 'save-data': 'on' }))
    assert.equal(result.headers.etag, await etagOf())
  })
})

suite('an answer', () => {
  test('is kept a day by browsers and a month by CloudFront', async () => {
    const { headers } = await get('x.jpg', webp)
    assert.equal(
      headers['cache-control'],
      'public, max-age=86400, s-maxage=2592000, stale-while-revalidate=86400, stale-if-error=604800',
    )
  })

  test('with a version is kept a year and immutable', async () => {
    const { headers } = await get('x.jpg', { ...webp, version: 'v1' })
    const directives = (headers['cache-control'] ?? '').split(', ')
    for (const directive of ['public', 'max-age=31536000', 'immutable'])
      assert.ok(directives.includes(directive))
    assert.ok(!directives.some((directive) => directive.startsWith('s-maxage')))
  })

  for (const format of ['auto', 'auto.webp', 'auto.avif'] as const) {
    test(`to ${format} varies by what was negotiated`, async () => {
      assert.equal((await get('x.jpg', { ...webp, format })).headers.vary, 'Accept, Save-Data, ECT')
    })
  }

  for (const format of ['avif', 'webp', 'jpeg', 'png', 'gif'] as const) {
    test(`to ${format} varies by nothing`, async () => {
      assert.equal((await get('x.jpg', { ...webp, format })).headers.vary, undefined)
    })
  }

  test('names its key, which gives the same answer again', async () => {
    const first = await get('x.jpg', webp)
    assert.equal(first.headers['x-fovea-key'], '/x.jpg?rev=1&width=60&format=webp')
    const again = receive(await invoke(makeEvent(first.headers['x-fovea-key'] ?? '')))
    assert.deepEqual(imageOf(again), imageOf(first))
  })

  test('describes its variant', async () => {
    const { headers, body } = await get('x.jpg', { ...webp, quality: 80 })
    const said = Object.fromEntries(
      (headers['x-fovea-variant'] ?? '').split(', ').map((each) => each.split('=')),
    )
    assert.deepEqual(said, {
      format: 'webp',
      width: '60',
      height: '40',
      quality: '80',
      bytes: String(body.length),
      original: 'jpeg',
      'original-width': '120',
      'original-height': '80',
      'original-bytes': String(photograph.length),
    })
  })

  for (const format of ['png', 'gif'] as const) {
    test(`in ${format} speaks of no quality`, async () => {
      const { headers } = await get('x.jpg', { format })
      assert.doesNotMatch(headers['x-fovea-variant'] ?? '', /quality/)
    })
  }

  test('tells the times of its steps', async () => {
    const { headers } = await get('x.jpg', webp)
    const steps = (headers['server-timing'] ?? '').split(', ')
    // Source: W3C Server Timing, section 4.
    for (const step of steps) assert.match(step, /^[a-z][a-z-]*;dur=\d+\.\d$/)
    const names = steps.map((step) => step.split(';')[0])
    for (const name of ['fetch', 'render', 'total']) assert.ok(names.includes(name), name)
  })

  test('says when the original was last modified, where that is known', async () => {
    pictures['dated.jpg'] = {
      bytes: photograph,
      etag: '"x"',
      lastModified: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)),
    }
    assert.equal((await get('dated.jpg', webp)).headers['last-modified'], 'Fri, 02 Jan 2026 03:04:05 GMT')
    assert.equal((await get('x.jpg', webp)).headers['last-modified'], undefined)
  })

  test('has its length', async () => {
    const { headers, body } = await get('x.jpg', webp)
    assert.equal(headers['content-length'], String(body.length))
  })

  test('carries the headers that guard a page, as every answer does', async () => {
    for (const received of [await get('x.jpg', webp), await get('missing.jpg', webp)]) {
      for (const [name, value] of Object.entries(guards)) assert.equal(received.headers[name], value, name)
    }
  })

  test('has header names in lower case and values of visible ASCII', async () => {
    pictures['日本/é.jpg'] = photograph
    const { headers } = await get('日本/é.jpg', webp)
    assert.ok(Object.keys(headers).length > 10)
    for (const [name, value] of Object.entries(headers)) {
      assert.match(name, /^[a-z][a-z0-9-]*$/)
      assert.match(value, /^[\x20-\x7e]+$/)
    }
  })
})

suite('the cache tag', () => {
  const tagOf = async (key: string, parameters: VariantParameters) =>
    (await get(key, parameters)).headers['x-fovea-tags'] ?? ''

  test('is the same for all variants of an original, and for its errors', async () => {
    const tags = [
      await tagOf('x.jpg', webp),
      await tagOf('x.jpg', { format: 'auto' }),
      await tagOf('x.jpg', { width: 10, height: 10, format: 'png', version: 'v1' }),
      await tagOf('x.jpg', { format: 'webp', page: 9 }),
    ]
    assert.equal(new Set(tags).size, 1)
    const missing = await tagOf('missing.jpg', webp)
    assert.equal(missing, await tagOf('missing.jpg', { format: 'auto' }))
  })

  test('is another for another original', async () => {
    assert.notEqual(await tagOf('x.jpg', webp), await tagOf('y.jpg', webp))
  })

  for (const key of ['x.jpg', '日本/é.jpg', 'a'.repeat(1024), 'a,b c.jpg']) {
    test(`of ${key.slice(0, 20)} is at most 256 visible ASCII characters and no list`, async () => {
      assert.match(await tagOf(key, webp), /^[\x21-\x2b\x2d-\x7e]{1,256}$/)
    })
  }
})
