import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { countAnswers, type Judged } from '../../../bench/faults/count-answers.ts'
import { describeUnplayed, type FaultFigures } from '../../../bench/faults/figures.ts'
import { formatFaults, judgeFaults } from '../../../bench/faults/report.ts'
import { receive } from './received.ts'

const well: FaultFigures = {
  ...describeUnplayed('s3-cut', ''),
  obstacle: undefined,
  sweep: { compared: 9, cached: 9, differ: [] },
}
const judge = (given: Partial<FaultFigures>) =>
  judgeFaults({ requestsPerSecond: 9, faults: [{ ...well, ...given }] })

suite('judgeFaults', () => {
  test('finds nothing where all is well', () => assert.deepEqual(judge({}), []))

  const cases: [Partial<FaultFigures>, RegExp][] = [
    [{ wrong: { 'other bytes': 2 } }, /2 answers with wrong or truncated bytes/],
    [{ sweep: { compared: 9, cached: 9, differ: ['/a'] } }, /1 answers differ/],
    [{ sweep: { compared: 9, cached: 0, differ: [] } }, /nothing cached/],
    [{ recoveryMs: null }, /no second without an error/],
    [{ unexpected: ['popular: 500'] }, /popular: 500/],
    [{ name: 's3-5xx', stale: 0 }, /expected stale answers/],
  ]
  for (const [given, message] of cases) {
    test(`fails ${JSON.stringify(given)}`, () => assert.match(judge(given).join(), message))
  }

  test('does not judge what was not played', () => {
    const faults = [describeUnplayed('region-lost', 'no second region')]
    assert.deepEqual(judgeFaults({ requestsPerSecond: 9, faults }), [])
    assert.match(formatFaults({ requestsPerSecond: 9, faults }), /region-lost +not played: no second region/)
  })
})

suite('countAnswers', () => {
  const error = (status: number, stream: string, sentAt: number): Judged => ({
    received: receive('', { status, stream, sentAt, endedAt: sentAt + 10 }),
    verdict: { kind: 'error', status },
  })
  const count = (verdicts: Judged[], fault: Parameters<typeof countAnswers>[0]['fault']) =>
    countAnswers({ verdicts, fault, injectedAt: 1000, liftingAt: 1990, liftedAt: 2000 }).viewers

  test('calls an error unexpected that the fault does not allow that part of the load', () => {
    const verdicts = [error(503, 'fresh', 1100), error(503, 'popular', 1100), error(502, 'fresh', 1200)]
    const { errors, unexpected } = count(verdicts, { allowed: { fresh: [503] } })
    assert.deepEqual(errors.during, { 502: 1, 503: 2 })
    assert.deepEqual(unexpected, [
      'during the fault, popular: 503, 1 times',
      'during the fault, fresh: 502, 1 times',
    ])
  })

  test('counts what was sent before and ended within the fault as of the fault, what was sent after as recovery', () => {
    const { errors, unexpected } = count(
      [error(503, 'fresh', 500), error(503, 'fresh', 995), error(503, 'fresh', 2001)],
      { allowed: { fresh: [503] } },
    )
    assert.deepEqual(errors, { before: { 503: 1 }, during: { 503: 1 }, after: { 503: 1 } })
    assert.deepEqual(unexpected, ['before the fault, fresh: 503, 1 times'])
  })

  test('takes what is refused for good only from its end on', () => {
    const verdicts = [error(403, 'signed', 1100), error(403, 'signed', 2100)]
    const { errors, unexpected } = count(verdicts, { allowed: {}, after: { signed: [403] } })
    assert.deepEqual(errors, { before: {}, during: { 403: 1 }, after: {} })
    assert.equal(unexpected.length, 1)
  })
})
