import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { matchesEtag } from '../../transformer/conditional.ts'
import { makePhotograph } from '../images/photograph.ts'
import { createTransformer, makeEvent, receive, urlOf } from './run.ts'

const transformer = createTransformer()
const { get, invoke, pictures } = transformer
const webp: VariantParameters = { width: 60, format: 'auto.webp' }

before(async () => {
  const bytes = await makePhotograph(120, 80).jpeg().toBuffer()
  pictures['x.jpg'] = { bytes, etag: '"one"', lastModified: new Date(0) }
})

suite('If-None-Match', () => {
  test('with the ETag is answered 304 without reading the original', async () => {
    const first = await get('x.jpg', webp)
    const readsBefore = transformer.reads.length
    const again = await get('x.jpg', webp, { 'if-none-match': first.headers.etag ?? '' })
    assert.equal(again.status, 304)
    assert.equal(again.body.length, 0)
    assert.equal(transformer.reads.length, readsBefore)
    // Source: RFC 9110, section 15.4.5.
    for (const name of ['cache-control', 'etag', 'vary', 'last-modified', 'x-fovea-tags']) {
      assert.equal(again.headers[name], first.headers[name], name)
    }
  })

  test('is answered 304 without a length, which would be that of the 200', async () => {
    const { headers } = await get('x.jpg', webp)
    const again = await get('x.jpg', webp, { 'if-none-match': headers.etag ?? '' })
    // Source: RFC 9110, section 8.6.
    assert.ok([undefined, headers['content-length']].includes(again.headers['content-length']))
  })

  test('is answered 304 to HEAD as well', async () => {
    const { headers } = await get('x.jpg', webp)
    const event = makeEvent(urlOf('x.jpg', webp), 'HEAD', { 'If-None-Match': headers.etag ?? '' })
    assert.equal(receive(await invoke(event)).status, 304)
  })

  test('with the ETag of another original is answered in full', async () => {
    const { headers } = await get('x.jpg', webp)
    const changed = { ...(pictures['x.jpg'] as { bytes: Buffer; etag: string }), etag: '"two"' }
    const other = createTransformer({ 'x.jpg': changed })
    assert.equal((await other.get('x.jpg', webp, { 'if-none-match': headers.etag ?? '' })).status, 200)
  })

  test('of what is missing is answered 404', async () => {
    for (const tag of ['*', '"x"']) {
      assert.equal((await get('missing.jpg', webp, { 'if-none-match': tag })).status, 404)
    }
  })
})

suite('matchesEtag', () => {
  const rows: readonly (readonly [ifNoneMatch: string, etag: string, matches: boolean])[] = [
    ['"a"', '"a"', true],
    ['W/"a"', '"a"', true],
    ['"b", "a"', '"a"', true],
    ['"b","a"', '"a"', true],
    ['"b" , W/"a" ', '"a"', true],
    ['*', '"a"', true],
    [' * ', '"a"', true],
    ['"b"', '"a"', false],
    ['a', '"a"', false],
    ['', '"a"', false],
    ['"a', '"a"', false],
    ['"a,b"', '"a"', false],
    ['"*"', '"a"', false],
    ['w/"b"', '"a"', false],
  ]
  for (const [ifNoneMatch, etag, matches] of rows) {
    test(`is ${matches} of ${ifNoneMatch} for ${etag}`, () =>
      assert.equal(matchesEtag(ifNoneMatch, etag), matches))
  }
})
