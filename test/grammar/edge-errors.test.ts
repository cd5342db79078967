import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { edgeErrors } from '../../grammar/edge-errors.ts'
import { originErrors } from '../../grammar/origin-errors.ts'
import { formatErrorCacheControl, formatProblem, problemContentType } from '../../grammar/problem.ts'

const problem = { code: 'bad-value', parameter: 'width', expected: 'auto, 1..8192', received: '0' }

suite('formatProblem', () => {
  const cases: readonly (readonly [given: Partial<typeof problem>, detail: string])[] = [
    [{}, 'width: expected auto, 1..8192, received 0'],
    [{ parameter: '' }, 'expected auto, 1..8192, received 0'],
    [{ received: '' }, 'width: expected auto, 1..8192, received nothing'],
  ]
  for (const [given, detail] of cases) {
    test(`writes "${detail}"`, () => {
      const body: unknown = JSON.parse(formatProblem(edgeErrors['bad-value'], { ...problem, ...given }))
      assert.deepEqual(body, { status: 400, detail, ...problem, ...given })
    })
  }

  test('is RFC 9457 by its media type', () => assert.equal(problemContentType, 'application/problem+json'))

  test('stays JSON whatever was received', () => {
    for (const received of ['"', '\\', '\0\n', '\u2028', '</script>', '🦊']) {
      const body = JSON.parse(formatProblem(edgeErrors['bad-key'], { ...problem, received }))
      assert.equal(body.received, received)
    }
  })
})

suite('formatErrorCacheControl', () => {
  test('names the seconds', () => {
    assert.equal(formatErrorCacheControl(edgeErrors['bad-value']), 'public, max-age=60')
  })
  test('keeps nothing where there are none', () => {
    assert.equal(formatErrorCacheControl(edgeErrors.internal), 'no-store')
  })
})

suite('the tables of errors', () => {
  for (const [code, row] of Object.entries({ ...originErrors, ...edgeErrors })) {
    test(`${code} is an error in kebab-case, documented, with a status that CloudFront can cache`, () => {
      assert.match(code, /^[a-z]+(-[a-z]+)*$/)
      assert.ok(row.status >= 400 && row.status < 600)
      assert.ok(![413, 422, 429].includes(row.status))
      assert.ok(Number.isInteger(row.maxAgeSeconds) && row.maxAgeSeconds >= 0)
      assert.ok(row.documentation)
      assert.ok(row.documentation.meaning && row.documentation.remedy)
    })
  }

  test('keep no answer that only a moment explains', () => {
    const passing = Object.values({ ...originErrors, ...edgeErrors }).filter((row) => row.status >= 500)
    assert.ok(passing.length > 0)
    for (const row of passing) assert.equal(row.maxAgeSeconds, 0)
  })
})
