import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { decide } from './loaded-function.ts'

/** A handler that returns what `expression` gives, at once or later. */
const returning = (expression: string) => `function handler(event) { return (${expression}) }`
const resolving = (expression: string) =>
  `async function handler(event) { await null; return (${expression}) }`

suite('a viewer function that returns a request', () => {
  const cases: readonly (readonly [what: string, code: string, uri: string, querystring: string])[] = [
    ['a string as query', returning(`({ uri: '/b', querystring: 'z=1&a=%20' })`), '/b', 'z=1&a=%20'],
    ['an empty string as query', returning(`({ uri: '/b', querystring: '' })`), '/b', ''],
    ['no query', returning(`({ uri: '/b' })`), '/b', ''],
    [
      'an object as query, in its order, with all of several values',
      returning(`({ uri: '/b', querystring: {
        z: { value: '1' }, n: { value: '' }, m: { value: 'x', multiValue: [{ value: 'x' }, { value: 'y' }] } } })`),
      '/b',
      'z=1&n&m=x&m=y',
    ],
    [
      'the event’s own request, changed',
      `function handler(e) { e.request.uri += 'x'; return e.request }`,
      '/ax',
      '',
    ],
    ['a request later', resolving(`({ uri: '/b', querystring: 'a=1' })`), '/b', 'a=1'],
    ['a request from a handler that is a constant', `const handler = (e) => ({ uri: '/b' })`, '/b', ''],
  ]
  for (const [what, code, uri, querystring] of cases) {
    test(`may return ${what}`, async () => {
      assert.deepEqual(await decide(code), { kind: 'request', uri, querystring })
    })
  }
})

suite('a viewer function that answers', () => {
  test('gives status, headers and text', async () => {
    const answer = `({ statusCode: 302, statusDescription: 'Found', headers: { location: { value: '/x' } } })`
    const expected = { kind: 'response', status: 302, headers: { location: '/x' }, body: '' }
    assert.deepEqual(await decide(returning(answer)), expected)
    assert.deepEqual(await decide(resolving(answer)), expected)
  })

  test('may give the body as a text or as data', async () => {
    for (const body of [`'hello'`, `{ encoding: 'text', data: 'hello' }`]) {
      const decision = await decide(returning(`({ statusCode: 200, body: ${body} })`))
      assert.equal(decision.kind === 'response' && decision.body, 'hello')
    }
  })
})

suite('a viewer function that fails', () => {
  const thrown: readonly (readonly [what: string, code: string])[] = [
    ['throws an error', `function handler() { throw new Error('no') }`],
    ['throws undefined', 'function handler() { throw undefined }'],
    ['reads what is not there', 'function handler(e) { return e.response.headers }'],
    ['rejects', `async function handler() { await null; throw new Error('no') }`],
    ['rejects with a text', `async function handler() { throw 'no' }`],
    ['recurses for ever', 'function handler(e) { return handler(e) }'],
  ]
  for (const [what, code] of thrown) {
    test(`is 503 where it ${what}`, async () => {
      const decision = await decide(code)
      assert.equal(decision.kind === 'failure' && decision.status, 503, JSON.stringify(decision))
    })
  }

  const invalid: readonly string[] = [
    'undefined',
    'null',
    '7',
    `'text'`,
    'true',
    '() => 1',
    '({})',
    '({ uri: 7 })',
    `({ uri: '' })`,
    `({ uri: 'b' })`,
    `({ uri: '/a b' })`,
    `({ uri: '/é' })`,
    `({ uri: '/a', querystring: 'a=b c' })`,
    `({ uri: '/a', querystring: { a: null } })`,
    `({ statusCode: '200' })`,
    '({ statusCode: 200.5 })',
    '({ statusCode: 99 })',
    '({ statusCode: 1000 })',
    '({ statusCode: 200, headers: { a: null } })',
    '({ statusCode: 200, headers: null })',
    '({ statusCode: 200, headers: { a: { value: 7 } } })',
    `({ statusCode: 200, headers: { a: 'b' } })`,
    `({ statusCode: 200, headers: { A: { value: 'b' } } })`,
    `({ statusCode: 200, headers: { 'a b': { value: 'c' } } })`,
    `({ statusCode: 200, headers: { a: { value: 'b\\nc: d' } } })`,
  ]
  for (const expression of invalid) {
    test(`is 502 where it returns ${expression}, at once or later`, async () => {
      for (const code of [returning(expression), resolving(expression)]) {
        const decision = await decide(code)
        assert.equal(decision.kind === 'failure' && decision.status, 502, JSON.stringify(decision))
      }
    })
  }

  const forbidden = [
    'connection',
    'content-length',
    'keep-alive',
    'proxy-authenticate',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'via',
    'x-accel-buffering',
    'x-amz-cf-id',
    'x-cache',
    'x-edge-location',
    'x-forwarded-proto',
    'x-real-ip',
  ]
  for (const name of forbidden) {
    test(`is 502 where it writes the header ${name}`, async () => {
      const decision = await decide(
        returning(`({ statusCode: 200, headers: { '${name}': { value: 'x' } } })`),
      )
      assert.equal(decision.kind === 'failure' && decision.status, 502)
    })
  }

  test('does not load where its code has an error', async () => {
    await assert.rejects(decide('function handler( {'), { name: 'SyntaxError' })
  })
})
