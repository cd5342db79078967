import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { OriginErrorCode } from '../../grammar/origin-errors.ts'
import { readEvent } from '../../transformer/event.ts'
import { isRejection, readVariant } from '../../transformer/read-variant.ts'
import { TransformError } from '../../transformer/transform-error.ts'
import { makeEvent, settings } from './run.ts'

const read = (url: string, method = 'GET') => readVariant(readEvent(makeEvent(url, method)), settings)

/** What the edge writes. */
const accepted = [
  '/x.jpg?rev=1&format=auto',
  '/x.jpg?rev=1&width=800&format=auto.avif',
  '/x.jpg?rev=1&width=400&height=600&gravity=north&background=ffffff&format=jpeg&quality=80&version=v1',
  '/caf~C3~A9/a~2Bb~7E1.jpg?rev=1&width=320&format=auto.webp',
]

const refused: readonly (readonly [url: string, code: OriginErrorCode])[] = [
  // Requests as people write them.
  ['/x.jpg', 'not-canonical'],
  ['/x.jpg?width=800', 'not-canonical'],
  ['/x.jpg?width=800&format=auto', 'not-canonical'],
  ['/x.jpg?w=800&rev=1&format=auto', 'not-canonical'],
  ['/x.jpg?&rev=1&format=auto', 'not-canonical'],
  ['/x.jpg?rev', 'not-canonical'],
  // Not what the edge writes.
  ['/x.jpg?rev=1', 'not-canonical'],
  ['/x.jpg?rev=1&width=800', 'not-canonical'],
  ['/x.jpg?rev=1&format=auto&width=800', 'not-canonical'],
  ['/x.jpg?rev=1&width=0800&format=auto', 'not-canonical'],
  ['/x.jpg?rev=1&width=800&width=800&format=auto', 'not-canonical'],
  ['/x.jpg?rev=1&width=9999&format=auto', 'not-canonical'],
  ['/x.jpg?rev=1&width=auto&format=auto', 'not-canonical'],
  ['/x.jpg?rev=1&width=800&format=jpg', 'not-canonical'],
  ['/x.jpg?rev=1&width=800&format=AUTO', 'not-canonical'],
  ['/x.jpg?rev=1&width=800&format=auto&quality=auto', 'not-canonical'],
  ['/x.jpg?rev=1&width=800&fit=cover&format=auto', 'not-canonical'],
  ['/x.jpg?rev=01&width=800&format=auto', 'not-canonical'],
  ['/x.jpg?rev=0&width=800&format=auto', 'not-canonical'],
  ['/x.jpg?rev=&width=800&format=auto', 'not-canonical'],
  ['/x.jpg?rev=1&rev=1&width=800&format=auto', 'not-canonical'],
  ['/%78.jpg?rev=1&format=auto', 'not-canonical'],
  ['/~78.jpg?rev=1&format=auto', 'not-canonical'],
  ['/a%20b.jpg?rev=1&format=auto', 'not-canonical'],
  ['/a~zz.jpg?rev=1&format=auto', 'not-canonical'],
  ['/a~2fb.jpg?rev=1&format=auto', 'not-canonical'],
  ['/a//b.jpg?rev=1&format=auto', 'not-canonical'],
  ['/../x.jpg?rev=1&format=auto', 'not-canonical'],
  ['/?rev=1&format=auto', 'not-canonical'],
  // An edge newer than this: it passes by itself and must not be cached.
  ['/x.jpg?rev=2&format=auto', 'skew'],
  ['/x.jpg?rev=99999999999999999999&width=800&format=auto', 'skew'],
  ['/x.jpg?rev=1&width=800&format=auto&sparkle=9', 'skew'],
  ['/x.jpg?rev=2&width=800&format=auto&sparkle=9', 'skew'],
  ['/x.jpg?rev=1&constructor=1&format=auto', 'skew'],
  ['/x.jpg?rev=1&__proto__=1&format=auto', 'skew'],
  // A newer revision may know other values and another order.
  ['/x.jpg?rev=2&width=800&format=sparkle', 'skew'],
  ['/x.jpg?rev=2&format=auto&width=800', 'skew'],
  // Parameters that never reach a canonical URL.
  ['/x.jpg?rev=1&width=800&dpr=2&format=auto', 'skew'],
  ['/x.jpg?rev=1&width=800&format=auto&preset=card', 'skew'],
  ['/x.jpg?rev=1&width=800&format=auto&embed=any', 'skew'],
]

suite('readVariant through CloudFront', () => {
  for (const url of accepted) {
    test(`takes ${url}`, () => assert.ok(read(url).key.length > 0))
  }

  for (const [url, code] of refused) {
    test(`refuses ${url} as ${code}`, () =>
      assert.equal(
        codeOf(() => read(url)),
        code,
      ))
  }

  test('decodes key and parameters', () => {
    const variant = read('/caf~C3~A9/a~2Bb.jpg?rev=1&width=320&format=auto.webp')
    assert.equal(variant.key, 'café/a+b.jpg')
    assert.equal(variant.parameters.width, 320)
    assert.equal(variant.parameters.format, 'auto.webp')
  })

  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'get', '']) {
    test(`refuses the method "${method}"`, () => {
      assert.equal(
        codeOf(() => read('/x.jpg?rev=1&format=auto', method)),
        'method',
      )
    })
  }
})

suite('readVariant of a direct invocation', () => {
  const direct = (parameters: Record<string, string>, headers = {}) =>
    readVariant(readEvent({ queryStringParameters: parameters, headers }), settings)

  test('reads a request with aliases and negotiates its format', () => {
    const { key, parameters } = direct({ key: 'x.jpg', W: '800' }, { Accept: 'image/avif' })
    assert.deepEqual(
      { key, width: parameters.width, format: parameters.format },
      { key: 'x.jpg', width: 800, format: 'auto.avif' },
    )
  })

  test('rounds an automatic width up the ladder of the settings', () => {
    assert.equal(direct({ key: 'x.jpg', width: 'auto' }, { 'sec-ch-width': '700' }).parameters.width, 1280)
  })

  test('expands the presets of the settings', () => {
    const presets = { card: { width: 300, height: 250, quality: 'high' } } as const
    const event = readEvent({ queryStringParameters: { key: 'x.jpg', preset: 'card', q: '70' } })
    const { parameters } = readVariant(event, { ...settings, presets })
    assert.deepEqual([parameters.width, parameters.height, parameters.quality], [300, 250, 70])
    assert.throws(() => direct({ key: 'x.jpg', preset: 'card' }), isRejection)
  })

  test('drops a parameter that nobody knows', () => {
    assert.equal(direct({ key: 'x.jpg', sparkle: '9' }).key, 'x.jpg')
  })

  test('passes on what the grammar refuses', () => {
    assert.throws(() => direct({ key: 'x.jpg', width: '0' }), isRejection)
  })
})

suite('isRejection', () => {
  const things: readonly (readonly [string, unknown, boolean])[] = [
    ['a rejection', { code: 'bad-value', parameter: 'width', expected: '1', received: '0' }, true],
    ['an error of Node', Object.assign(new Error('no'), { code: 'ENOENT' }), false],
    ['an error with a code of Object.prototype', { code: 'constructor' }, false],
    ['an error', new Error('bad-value'), false],
    ['text', 'bad-value', false],
    ['nothing', undefined, false],
    ['null', null, false],
  ]
  for (const [name, thing, expected] of things) {
    test(`is ${expected} of ${name}`, () => assert.equal(isRejection(thing), expected))
  }
})

/** The code of the error that `work` throws. */
function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof TransformError) return error.problem.code
    throw error
  }
  throw new Error('expected an error but received a variant')
}
