import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type OriginErrorCode, originErrors } from '../../grammar/origin-errors.ts'
import { TransformError } from '../../transformer/transform-error.ts'
import { createTransformer, problemOf } from './run.ts'

const codes = Object.keys(originErrors) as OriginErrorCode[]

/** The handler over a store that fails with `error`. */
function createFailing(error: unknown) {
  const fail = () => Promise.reject(error)
  return createTransformer({}, { originals: { read: fail, describe: fail } })
}

suite('an error answer', () => {
  test('is there for every code', () => assert.ok(codes.length >= 12))

  for (const code of codes) {
    const { status, maxAgeSeconds } = originErrors[code]
    test(`to ${code} is ${status}, kept for ${maxAgeSeconds} seconds`, async () => {
      const cause = new Error('InternalCause')
      const { get, logged } = createFailing(new TransformError(code, 'this', 'that', cause))
      const received = await get('x.jpg', { format: 'webp' })
      assert.equal(received.status, status)
      assert.equal(received.headers['content-type'], 'application/problem+json')
      assert.equal(received.headers['x-fovea-error'], code)
      assert.equal(
        received.headers['cache-control'],
        maxAgeSeconds ? `public, max-age=${maxAgeSeconds}` : 'no-store',
      )
      assert.deepEqual(problemOf(received), {
        status,
        code,
        parameter: '',
        expected: 'this',
        received: 'that',
      })
      assert.doesNotMatch(
        JSON.stringify([received.headers, received.body.toString()]),
        /InternalCause|\.ts:\d+/,
      )
      // What is cached must go when its original changes.
      assert.match(received.headers['x-fovea-tags'] ?? '', /^o-/)
      assert.equal(received.headers['x-fovea-key'], '/x.jpg?rev=1&format=webp')
      assert.equal(received.headers.etag, undefined)
      assert.equal(logged.length, status >= 500 ? 1 : 0)
    })

    test(`to ${code} has a status that CloudFront caches, or is not to be`, () => {
      assert.ok(![413, 422, 429].includes(status))
      assert.equal(status >= 500, maxAgeSeconds === 0)
    })
  }

  const failures: readonly (readonly [string, unknown, RegExp])[] = [
    ['an error', new Error('InternalReason'), /InternalReason/],
    [
      'an error of Node',
      Object.assign(new Error('InternalReason'), { code: 'ECONNRESET' }),
      /InternalReason/,
    ],
    ['a text', 'InternalReason', /InternalReason/],
    ['nothing', undefined, /undefined/],
  ]
  for (const [name, thrown, reason] of failures) {
    test(`to ${name} that nobody expected is 503, its reason in one line of the log and not in the answer`, async () => {
      const { get, logged } = createFailing(thrown)
      const received = await get('x.jpg', { format: 'webp' })
      assert.equal(`${received.status} ${problemOf(received).code}`, '503 failed')
      assert.equal(received.headers['cache-control'], 'no-store')
      assert.doesNotMatch(
        JSON.stringify([received.headers, received.body.toString()]),
        /InternalReason|\.ts:\d+/,
      )
      assert.equal(logged.length, 1)
      const [{ reason: told = '', error, status } = assert.fail()] = logged
      assert.match(told, reason)
      assert.deepEqual([error, status], ['failed', 503])
    })
  }

  test('quotes no more than a line of what was received', async () => {
    const { invoke } = createTransformer()
    const result = await invoke({ queryStringParameters: { key: 'x.jpg', width: 'w'.repeat(10_000) } })
    assert.equal(result.statusCode, 400)
    assert.ok(result.body.length < 500)
  })
})
