import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { classifyReply } from '../../../bench/load/answer-class.ts'
import { formatJson } from '../../../bench/load/export.ts'
import { playSource } from '../../../bench/load/source.ts'
import { requirement } from '../../requirements.ts'
import { k6Script, loadK6Script } from './k6-script.ts'

const requests = [...playSource({ keys: ['a b.jpg', 'shop/ü.jpg'] }, 300, 10, 1)]
const trace = formatJson(requests)

const k6 = requirement('k6', spawnSync('k6', ['version']).error === undefined)

suite('the script for k6', () => {
  test('is read by k6 itself', k6, () => {
    const folder = mkdtempSync(join(tmpdir(), 'fovea-k6-'))
    const file = join(folder, 'trace.json')
    writeFileSync(file, trace)
    try {
      const inspected = execFileSync('k6', ['inspect', '-e', `TRACE=${file}`, '-e', 'RPS=7', k6Script])
      const { scenarios } = JSON.parse(inspected.toString())
      assert.deepEqual([scenarios.trace.executor, scenarios.trace.rate], ['constant-arrival-rate', 7])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('sends the requests of the exported trace, one by one, byte for byte', async () => {
    const script = await loadK6Script({ TARGET: 'http://127.0.0.1:9' }, trace)
    for (const at of requests.keys()) script.play(at, { status: 200, xCache: 'Hit from cloudfront' })
    assert.equal(script.sent.length, 300)
    assert.deepEqual(
      script.sent,
      requests.map(({ target, headers }) => ({ url: `http://127.0.0.1:9${target}`, headers, redirects: 0 })),
    )
  })

  test('begins anew after the last', async () => {
    const script = await loadK6Script({}, trace)
    script.play(301, { status: 200, xCache: '' })
    assert.equal(script.sent[0]?.url, `http://localhost:8080${requests[1]?.target}`)
  })

  test('plays at a fixed arrival rate, no longer than it may', async () => {
    const { options } = await loadK6Script({ RPS: '200', DURATION: '60', MAX_REQUESTS: '1000' }, trace)
    const { executor, rate, timeUnit, duration } = options.scenarios.trace
    assert.deepEqual([executor, rate, timeUnit, duration], ['constant-arrival-rate', 200, '1s', '5s'])
  })

  test('tells hits from others, and checks each status', async () => {
    const script = await loadK6Script({}, trace)
    const picture = requests.findIndex(({ intent }) => intent === 'picture')
    script.play(picture, { status: 200, xCache: 'Hit from cloudfront' })
    assert.deepEqual(script.checks, { 'picture: status as expected': true })
    script.play(picture, { status: 503, xCache: 'Error from cloudfront' })
    assert.deepEqual(script.checks, { 'picture: status as expected': false })
    assert.deepEqual([script.metrics.fovea_hit_ms, script.metrics.fovea_error_ms], [[12], [12]])
    assert.deepEqual(script.metrics.fovea_errors, [0, 1])
  })

  test('names answers as the generator does', async () => {
    const { classify } = await loadK6Script({}, trace)
    for (const status of [0, 200, 206, 302, 304, 400, 403, 404, 410, 415, 429, 500, 503]) {
      for (const xCache of [
        '',
        'Hit from cloudfront',
        'RefreshHit from cloudfront',
        'Miss from cloudfront',
      ]) {
        const reply = { status, xCache, ageSeconds: 0, bytes: 0 }
        assert.equal(classify(status, xCache), classifyReply(reply), `${status} ${xCache}`)
      }
    }
  })

  for (const target of ['http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:1', 'https://localhost']) {
    test(`loads ${target}`, async () => {
      await assert.doesNotReject(loadK6Script({ TARGET: target }, trace))
    })
  }

  for (const target of [
    'https://img.example.com',
    'http://localhost.evil.com',
    'http://127.0.0.1@evil.com',
    'http://127.0.0.1.evil.com',
    'http://localhost:80@evil.com',
    'http://evil.com/http://localhost',
    'http://localhost\n.evil.com',
  ]) {
    test(`refuses ${JSON.stringify(target)} unless it is owned`, async () => {
      await assert.rejects(loadK6Script({ TARGET: target }, trace), /expected this machine/)
      await assert.rejects(
        loadK6Script({ TARGET: target, I_OWN_THIS: 'yes' }, trace),
        /expected this machine/,
      )
      await assert.doesNotReject(loadK6Script({ TARGET: target, I_OWN_THIS: 'true' }, trace))
    })
  }
})
