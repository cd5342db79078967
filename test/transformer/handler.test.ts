import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import type { TransformerEvent } from '../../transformer/event.ts'
import { makePhotograph } from '../images/photograph.ts'
import { createTransformer, imageOf, makeEvent, problemOf, receive, urlOf } from './run.ts'

const transformer = createTransformer()
const { get, invoke, pictures } = transformer

before(async () => {
  pictures['products/example.jpg'] = await makePhotograph(1200, 900).jpeg().toBuffer()
  pictures['café/a+b~1 %.jpg'] = await makePhotograph(40, 30).jpeg().toBuffer()
})

suite('the handler', () => {
  test('answers a direct invocation with a base64 image', async () => {
    const event = JSON.parse(
      '{"queryStringParameters": {"key": "products/example.jpg", "width": "800", "format": "webp"}}',
    )
    const result = await invoke(event)
    assert.equal(result.statusCode, 200)
    assert.equal(result.isBase64Encoded, true)
    assert.match(result.body, /^[A-Za-z0-9+/]+=*$/)
    const { format, width, height } = await sharp(Buffer.from(result.body, 'base64')).metadata()
    assert.deepEqual({ format, width, height }, { format: 'webp', width: 800, height: 600 })
    // What Lambda sends is JSON.
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result)
  })

  test('gives a direct invocation and CloudFront the same bytes', async () => {
    const direct = await invoke({
      queryStringParameters: { key: 'products/example.jpg', w: '80', f: 'webp' },
    })
    const received = await get('products/example.jpg', { width: 80, format: 'webp' })
    assert.deepEqual(receive(direct).body, imageOf(received))
    assert.equal(direct.headers['x-fovea-key'], received.headers['x-fovea-key'])
    assert.equal(direct.headers.etag, received.headers.etag)
  })

  for (const [accept, type] of [
    ['image/avif,image/webp,*/*', 'image/avif'],
    ['image/webp,*/*', 'image/webp'],
    ['*/*', 'image/jpeg'],
  ] as const) {
    test(`negotiates a direct invocation that accepts ${accept}`, async () => {
      const { headers } = await invoke({
        queryStringParameters: { key: 'products/example.jpg', width: '64' },
        headers: { Accept: accept },
      })
      assert.equal(headers['content-type'], type)
    })
  }

  test('finds an original by any key that S3 has', async () => {
    const key = 'café/a+b~1 %.jpg'
    assert.equal((await get(key, { format: 'webp' })).status, 200)
    assert.equal((await invoke({ queryStringParameters: { key, format: 'webp' } })).statusCode, 200)
  })

  const refused: readonly (readonly [given: Record<string, string>, code: string, parameter: string])[] = [
    [{ key: 'x.jpg', width: '0' }, 'bad-value', 'width'],
    [{ key: 'x.jpg', width: '8193' }, 'bad-value', 'width'],
    [{ key: 'x.jpg', width: '-1' }, 'bad-value', 'width'],
    [{ key: 'x.jpg', width: 'wide' }, 'bad-value', 'width'],
    [{ key: 'x.jpg', h: '1.5' }, 'bad-value', 'height'],
    [{ key: 'x.jpg', format: 'bmp' }, 'bad-value', 'format'],
    [{ key: 'x.jpg', quality: '101' }, 'bad-value', 'quality'],
    [{ key: 'x.jpg', width: '1', fit: 'stretch' }, 'bad-value', 'fit'],
    [{ key: 'x.jpg', width: '1', w: '1' }, 'repeated', 'width'],
    [{ key: 'x.jpg', dpr: '2' }, 'contradiction', 'dpr'],
    [{ key: '../x.jpg' }, 'bad-key', 'key'],
    [{ key: '' }, 'bad-key', 'key'],
    [{}, 'bad-key', 'key'],
  ]
  for (const [given, code, parameter] of refused) {
    test(`answers ${JSON.stringify(given)} with 400, ${code} and ${parameter}`, async () => {
      const received = receive(await invoke({ queryStringParameters: given }))
      const problem = problemOf(received)
      assert.equal(received.status, 400)
      assert.equal(received.headers['content-type'], 'application/problem+json')
      assert.deepEqual({ code: problem.code, parameter: problem.parameter }, { code, parameter })
      assert.ok(typeof problem.expected === 'string' && problem.expected !== '')
      assert.equal(typeof problem.received, 'string')
    })
  }

  test('answers HEAD with the headers of GET and no body', async () => {
    const url = urlOf('products/example.jpg', { width: 64, format: 'webp' })
    const [head, got] = [await invoke(makeEvent(url, 'HEAD')), await invoke(makeEvent(url))]
    assert.deepEqual(
      { ...head, headers: {} },
      { statusCode: 200, headers: {}, body: '', isBase64Encoded: false },
    )
    const { 'server-timing': _head, ...ofHead } = head.headers
    const { 'server-timing': _got, ...ofGet } = got.headers
    assert.deepEqual(ofHead, ofGet)
    assert.equal(Number(ofHead['content-length']), receive(got).body.length)
  })

  test('answers HEAD of what is missing with the headers of GET and no body', async () => {
    const url = urlOf('missing.jpg', { format: 'webp' })
    const [head, got] = [await invoke(makeEvent(url, 'HEAD')), await invoke(makeEvent(url))]
    assert.deepEqual(head, { ...got, body: '' })
    assert.equal(head.statusCode, 404)
  })

  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    test(`answers ${method} with 405 and reads nothing`, async () => {
      const readsBefore = transformer.reads.length
      const received = receive(
        await invoke(makeEvent(urlOf('products/example.jpg', { format: 'webp' }), method)),
      )
      assert.equal(received.status, 405)
      assert.equal(problemOf(received).code, 'method')
      assert.equal(transformer.reads.length, readsBefore)
    })
  }

  test('refuses what is not canonical without reading an original', async () => {
    const readsBefore = transformer.reads.length
    const received = receive(await invoke(makeEvent('/products/example.jpg?width=80')))
    assert.equal(`${received.status} ${problemOf(received).code}`, '400 not-canonical')
    assert.equal(transformer.reads.length, readsBefore)
  })

  // Whoever may invoke the function may send any JSON.
  const oddities: readonly (readonly [string, unknown])[] = [
    ['null', null],
    ['a text', 'products/example.jpg'],
    ['a number', 1],
    ['a list', []],
    ['a request context without its method', { requestContext: {}, rawPath: '/x', rawQueryString: '' }],
    ['half a surrogate pair', { queryStringParameters: { key: '\ud800.jpg' } }],
    ['a text for parameters', { queryStringParameters: 'key=x' }],
    ['parameters of other types', { queryStringParameters: { key: ['x'], width: {}, toString: 1 } }],
    ['headers of other types', { queryStringParameters: { key: 'x' }, headers: { accept: 1 } }],
    ['a URL without its query', { requestContext: { http: { method: 'GET' } }, rawPath: '/x' }],
  ]
  for (const [name, event] of oddities) {
    test(`answers ${name} with an error of the caller and does not throw`, async () => {
      const { statusCode } = await invoke(event as TransformerEvent)
      assert.ok(statusCode >= 400 && statusCode < 500, String(statusCode))
    })
  }
})
