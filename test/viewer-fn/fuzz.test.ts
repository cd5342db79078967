import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import fc from 'fast-check'
import { edgeErrors } from '../../grammar/edge-errors.ts'
import { rows } from '../grammar/arbitrary-request.ts'
import { settings } from '../grammar/url-outcome.ts'
import { arbitraryEvent, countAnswers } from './arbitrary-event.ts'
import { loadInVm, type RunHandler, readBuiltFunction } from './run-in-vm.ts'

let run: RunHandler

before(async () => {
  run = loadInVm(await readBuiltFunction(settings))
})

/** Any sequence of UTF-16 units, lone surrogates too, with a liking for ASCII and escapes. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'binary-ascii' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.array(fc.integer({ min: 0, max: 255 })).map((bytes) => bytes.map((b) => `%${b.toString(16)}`).join('')),
  fc.constantFrom('1', 'auto', '/x.jpg', '', 'image/avif', 'x'.repeat(20_000), '%'.repeat(9000)),
)

/** Any value of JSON where a text, a list or an object should be; sometimes nothing at all. */
const anything = fc.oneof(
  { weight: 8, arbitrary: anyText },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
)

const anyEventValue = fc.oneof(
  { weight: 6, arbitrary: fc.record({ value: anything }) },
  {
    weight: 2,
    arbitrary: fc.record({
      value: anything,
      multiValue: fc.array(fc.record({ value: anything }), { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ value: anything, multiValue: anything }) },
  { weight: 1, arbitrary: anything },
)

const anyName = fc.oneof(
  fc.constantFrom(
    'rev',
    'key',
    'accept',
    '__proto__',
    'constructor',
    ...rows.flatMap((row) => row.spellings),
  ),
  anyText,
)

const anyValues = fc.oneof(
  { weight: 9, arbitrary: fc.dictionary(anyName, anyEventValue, { maxKeys: 5 }) },
  { weight: 1, arbitrary: anything },
)

/** What the query may be: pairs of any text, any text at all, or nothing. */
const anyQuery = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(fc.tuple(anyName, anyText), { maxLength: 5 })
      .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&')),
  },
  { weight: 1, arbitrary: anything },
)

/** Events of any shape at all. */
const anyEvent = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      rawQueryString: anyQuery,
      request: fc.record(
        { method: anything, uri: anything, querystring: anyValues, headers: anyValues, cookies: anyValues },
        { requiredKeys: ['uri', 'headers'] },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ request: fc.record({ uri: anything, headers: anyValues }) }) },
  { weight: 1, arbitrary: fc.record({ request: anything }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
)

/** Headers that CloudFront refuses in a generated response, with a 502. */
const forbiddenHeaders =
  /^(connection|content-length|expect|host|keep-alive|proxy-.*|trailer|transfer-encoding|upgrade|via|warning|x-accel-.*|x-amz-cf-.*|x-cache.*|x-edge-.*|x-forwarded-proto|x-real-ip)$/

/** Checks that CloudFront would take `result` for an answer to `event`. */
function checkResult(eventJson: string, result: string): void {
  const answer = JSON.parse(result)
  if (answer.failure) {
    // Every event of CloudFront has a request with headers.
    assert.equal(JSON.parse(eventJson)?.request?.headers ?? undefined, undefined, answer.failure)
    return
  }
  if (answer.statusCode === undefined) {
    assert.match(answer.uri, /^\/[\w.~/-]+$/)
    assert.match(answer.querystring, /^rev=1(&[a-z-]+=[\w.~/-]+)+$/)
    const { uri: _uri, querystring: _querystring, ...rest } = answer
    const { uri: _sentUri, querystring: _sentQuery, ...sent } = JSON.parse(eventJson).request
    assert.deepEqual(rest, sent)
    return
  }
  assert.deepEqual(Object.keys(answer).sort(), ['body', 'headers', 'statusCode'])
  const code: string = answer.headers['x-fovea-error'].value
  assert.ok(Object.hasOwn(edgeErrors, code), code)
  assert.equal(answer.statusCode, edgeErrors[code as keyof typeof edgeErrors].status)
  for (const [name, header] of Object.entries<{ value: string }>(answer.headers)) {
    assert.match(name, /^[a-z][a-z-]*$/)
    assert.doesNotMatch(name, forbiddenHeaders)
    assert.deepEqual(Object.keys(header), ['value'])
    assert.match(header.value, /^[ -~]+$/)
  }
  assert.deepEqual(Object.keys(answer.body), ['encoding', 'data'])
  assert.equal(answer.body.encoding, 'text')
  const problem = JSON.parse(answer.body.data)
  assert.deepEqual(Object.keys(problem).sort(), ['code', 'expected', 'parameter', 'received', 'status'])
  assert.deepEqual([problem.status, problem.code], [answer.statusCode, code])
  for (const name of ['parameter', 'expected', 'received']) assert.equal(typeof problem[name], 'string')
}

suite('the built function, whatever the event', () => {
  test('gives a request or an answer that CloudFront takes, and never throws', async () => {
    const results: string[] = []
    const property = fc.asyncProperty(anyEvent, async (event) => {
      const eventJson = JSON.stringify(event)
      const result = await run(eventJson)
      checkResult(eventJson, result)
      results.push(result)
    })
    await fc.assert(property, { numRuns: 5000 })
    const counts = countAnswers(results)
    for (const seen of ['request', 'internal', 'bad-key', 'bad-value', 'failure']) {
      assert.ok((counts[seen] ?? 0) > 20, `saw ${seen} ${counts[seen] ?? 0} times`)
    }
  })

  test('finds a reason of the viewer’s in every event that is well made', async () => {
    const results: string[] = []
    const property = fc.asyncProperty(arbitraryEvent, async (event) => {
      const eventJson = JSON.stringify(event)
      const result = await run(eventJson)
      checkResult(eventJson, result)
      assert.equal(countAnswers([result]).internal, undefined, result)
      results.push(result)
    })
    await fc.assert(property, { numRuns: 3000 })
    const counts = countAnswers(results)
    for (const seen of ['request', 'bad-key', 'bad-value', 'repeated', 'not-canonical', 'contradiction']) {
      assert.ok((counts[seen] ?? 0) > 5, `saw ${seen} ${counts[seen] ?? 0} times`)
    }
  })
})
