import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type AnswerClass, classifyReply, type Reply } from '../../../bench/load/answer-class.ts'
import { createLatencyRecorder } from '../../../bench/load/latencies.ts'
import { createRecorder } from '../../../bench/load/recorder.ts'
import type { WireRequest } from '../../../bench/load/wire-request.ts'
import type { Intent } from '../../../bench/trace/request.ts'

const reply = (status: number, xCache = '', more: Partial<Reply> = {}): Reply => ({
  ...{ status, xCache, ageSeconds: 0, bytes: 10 },
  ...more,
})

const ask = (intent: Intent): WireRequest => ({ target: '/', headers: {}, intent })

suite('classifyReply', () => {
  for (const [given, expected] of [
    [reply(200, 'Hit from cloudfront'), 'hit'],
    [reply(304, 'Hit from cloudfront'), 'hit'],
    [reply(200, 'RefreshHit from cloudfront'), 'miss'],
    [reply(200, 'Miss from cloudfront'), 'miss'],
    [reply(200), 'miss'],
    [reply(302, 'FunctionGeneratedResponse from cloudfront'), 'refusal'],
    [reply(403, 'FunctionGeneratedResponse from cloudfront'), 'refusal'],
    [reply(400, 'FunctionGeneratedResponse from cloudfront'), 'refusal'],
    [reply(415, 'Error from cloudfront'), 'refusal'],
    [reply(404, 'Error from cloudfront'), 'missing'],
    [reply(429, 'Error from cloudfront'), 'throttled'],
    [reply(503, 'Error from cloudfront'), 'error'],
    [reply(0, '', { failure: 'ECONNREFUSED' }), 'error'],
  ] as [Reply, AnswerClass][]) {
    test(`calls ${given.status} ${given.xCache || 'without X-Cache'} ${expected}`, () => {
      assert.equal(classifyReply(given), expected)
    })
  }
})

suite('createLatencyRecorder', () => {
  test('reads percentiles within a thousandth, and the maximum as it was', () => {
    const recorder = createLatencyRecorder()
    for (let ms = 1; ms <= 1000; ms++) recorder.add(ms)
    const { count, p50Ms, p95Ms, p99Ms, maxMs } = recorder.read()
    assert.deepEqual([count, maxMs], [1000, 1000])
    for (const [read, exact] of [
      [p50Ms, 500],
      [p95Ms, 950],
      [p99Ms, 990],
    ] as const) {
      assert.ok(Math.abs(read - exact) <= exact / 500, `${read} for ${exact}`)
    }
  })

  test('has no times before the first, and none after a reset', () => {
    const recorder = createLatencyRecorder()
    const empty = { count: 0, p50Ms: 0, p95Ms: 0, p99Ms: 0, maxMs: 0 }
    assert.deepEqual(recorder.read(), empty)
    recorder.add(5)
    recorder.reset()
    assert.deepEqual(recorder.read(), empty)
  })
})

suite('createRecorder', () => {
  test('counts by kind, by second, and what is not as owed', () => {
    const recorder = createRecorder()
    const play = (intent: Intent, answer: Reply, dueMs: number, doneMs: number) => {
      recorder.offer(dueMs, dueMs + 1)
      recorder.answer(ask(intent), answer, dueMs, doneMs)
    }
    play('picture', reply(200, 'Miss from cloudfront'), 0, 500)
    play('picture', reply(200, 'Hit from cloudfront'), 500, 502)
    play('hotlink', reply(403), 1000, 1001)
    play('missing', reply(200, 'Hit from cloudfront'), 1500, 1501)
    play('picture', reply(0, '', { failure: 'ECONNRESET' }), 2000, 2500)
    const played = recorder.read()
    assert.deepEqual(
      Object.entries(played.classes).map(([name, latencies]) => [name, latencies.count]),
      [
        ['hit', 2],
        ['miss', 1],
        ['refusal', 1],
        ['error', 1],
      ],
    )
    assert.deepEqual([played.offered, played.served, played.bytes], [5, 4, 50])
    assert.equal(played.offeredPerSecond, 2)
    assert.equal(played.seconds, 2.5)
    assert.ok(Math.abs(played.hitRatio - 2 / 3) < 1e-9)
    assert.deepEqual(played.unexpected, { 'missing 200': 1 })
    assert.deepEqual(played.failures, { ECONNRESET: 1 })
    assert.deepEqual(
      played.timeline.map(({ offered, served, hits, misses }) => [offered, served, hits, misses]),
      [
        [2, 2, 1, 1],
        [2, 2, 1, 0],
        [1, 0, 0, 0],
      ],
    )
    assert.equal(played.timeline[0]?.p99Ms, 500)
    assert.equal(played.lateness.maxMs, 1)
  })
})
