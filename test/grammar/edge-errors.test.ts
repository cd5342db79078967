import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { edgeErrors } from '../../grammar/edge-errors.ts'
import { originErrors } from '../../grammar/origin-errors.ts'
import { formatErrorCacheControl, formatProblem, problemContentType } from '../../grammar/problem.ts'

const problem = {
  status: 400,
  code: 'bad-value',
  parameter: 'width',
  expected: 'auto 1..8192',
  received: '0',
}

suite('formatProblem', () => {
  const cases: readonly Partial<typeof problem>[] = [{}, { parameter: '' }, { received: '' }, { status: 403 }]
  for (const given of cases) {
    test(`writes all of a problem${Object.keys(given).length > 0 ? ` with ${JSON.stringify(given)}` : ''}`, () => {
      const body: unknown = JSON.parse(formatProblem({ ...problem, ...given }))
      assert.deepEqual(body, { ...problem, ...given })
    })
  }

  test('is RFC 9457 by its media type', () => assert.equal(problemContentType, 'application/problem+json'))

  test('stays JSON whatever was received', () => {
    for (const received of ['"', '\\', '\0\n', '\u2028', '</script>', '🦊']) {
      const body = JSON.parse(formatProblem({ ...problem, received }))
      assert.equal(body.received, received)
    }
  })
})

suite('formatErrorCacheControl', () => {
  test('names the seconds', () => {
    assert.equal(formatErrorCacheControl(60), 'public, max-age=60')
  })
  test('keeps nothing where there are none', () => {
    assert.equal(formatErrorCacheControl(0), 'no-store')
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

  test('keep no answer of the edge, which depends on who asks and when', () => {
    for (const [code, row] of Object.entries(edgeErrors)) assert.equal(row.maxAgeSeconds, 0, code)
  })

  test('keep no answer that only a moment explains', () => {
    const passing = Object.values({ ...originErrors, ...edgeErrors }).filter((row) => row.status >= 500)
    assert.ok(passing.length > 0)
    for (const row of passing) assert.equal(row.maxAgeSeconds, 0)
  })
})
