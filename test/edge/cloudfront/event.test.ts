import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { formatEvent, formatEventHeaders, type ViewerHttpRequest } from '../../../edge/cloudfront/event.ts'

function eventOf(given: Partial<ViewerHttpRequest>, added: Record<string, string> = {}) {
  const request = { method: 'GET', path: '/a.jpg', query: '', headers: {}, ip: '203.0.113.7', ...given }
  const event = JSON.parse(formatEvent(request))
  Object.assign(event.request, JSON.parse(formatEventHeaders(request.headers, added)))
  return event
}

suite('formatEvent', () => {
  test('has the frame of a viewer-request event', () => {
    const event = eventOf({ method: 'HEAD' })
    assert.equal(event.version, '1.0')
    assert.equal(event.context.eventType, 'viewer-request')
    assert.deepEqual(event.viewer, { ip: '203.0.113.7' })
    assert.deepEqual(event.request, {
      method: 'HEAD',
      uri: '/a.jpg',
      querystring: {},
      headers: {},
      cookies: {},
    })
  })

  const queries: readonly (readonly [what: string, query: string, expected: string])[] = [
    ['leaves values percent-encoded', 'a=%20b%2Bc', '{"a":{"value":"%20b%2Bc"}}'],
    ['leaves a plus as it is', 'a=b+c', '{"a":{"value":"b+c"}}'],
    ['leaves broken encoding as it is', 'a=%zz&%=1', '{"a":{"value":"%zz"},"%":{"value":"1"}}'],
    ['leaves names percent-encoded and in their case', 'Wi%64th=1', '{"Wi%64th":{"value":"1"}}'],
    ['keeps names apart that differ in case', 'W=1&w=2', '{"W":{"value":"1"},"w":{"value":"2"}}'],
    ['reads a name alone as an empty value', 'a&b=', '{"a":{"value":""},"b":{"value":""}}'],
    ['splits at the first equals sign', 'a=b=c', '{"a":{"value":"b=c"}}'],
    ['ignores empty pieces', '&&a=1&', '{"a":{"value":"1"}}'],
    [
      'collects duplicates, the first as the value',
      'a=1&b=2&a=3',
      '{"a":{"value":"1","multiValue":[{"value":"1"},{"value":"3"}]},"b":{"value":"2"}}',
    ],
    ['has __proto__ as an ordinary name', '__proto__=1', '{"__proto__":{"value":"1"}}'],
    [
      'has constructor as an ordinary name, twice too',
      'constructor=1&constructor=2',
      '{"constructor":{"value":"1","multiValue":[{"value":"1"},{"value":"2"}]}}',
    ],
  ]
  for (const [what, query, expected] of queries) {
    test(`${what}: ${query}`, () => {
      assert.equal(JSON.stringify(eventOf({ query }).request.querystring), expected)
    })
  }

  test('leaves the path as sent', () => {
    assert.equal(eventOf({ path: '/caf%c3%A9/a+b%2F../x' }).request.uri, '/caf%c3%A9/a+b%2F../x')
  })

  test('has headers by lower-case name', () => {
    const { headers } = eventOf({ headers: { accept: 'image/avif', 'save-data': 'on' } }).request
    assert.deepEqual(headers, { accept: { value: 'image/avif' }, 'save-data': { value: 'on' } })
  })

  test('adds CloudFront’s own headers, over what a viewer claims', () => {
    const { headers } = eventOf(
      { headers: { 'cloudfront-is-mobile-viewer': 'true' } },
      { 'cloudfront-is-mobile-viewer': 'false' },
    ).request
    assert.deepEqual(headers, { 'cloudfront-is-mobile-viewer': { value: 'false' } })
  })

  test('has cookies apart from the headers', () => {
    const { headers, cookies } = eventOf({ headers: { cookie: 'a=1; b=x=y;c; a=2' } }).request
    assert.deepEqual(headers, {})
    assert.deepEqual(cookies, {
      a: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] },
      b: { value: 'x=y' },
      c: { value: '' },
    })
  })
})
