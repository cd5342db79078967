import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createDistribution } from '../../../edge/cloudfront/distribution.ts'
import type { Behaviour } from '../../../edge/template/deployment.ts'
import { behaviour, createBench, deployment } from './counting-origin.ts'

/** A distribution of `behaviours`, asked for `path`. */
async function ask(behaviours: readonly Behaviour[], path: string, method = 'GET') {
  const bench = createBench()
  const distribution = createDistribution(
    { ...deployment, behaviours },
    bench.cachedOrigin,
    new Map(),
    bench.stats,
  )
  const headers = { 'user-agent': 'Android Mobile' }
  const answer = await distribution.answer({ method, path, query: 'a=1', headers, ip: '::1' })
  return { answer, asked: bench.asked, stats: bench.stats }
}

function running(code: string): Behaviour {
  return { ...behaviour, viewerFunction: { name: 'f', code } }
}

suite('createDistribution', () => {
  test('passes path and query on where no function is', async () => {
    const { asked } = await ask([behaviour], '/a%20b')
    assert.deepEqual(
      asked.map(({ url }) => url),
      ['/a%20b?a=1'],
    )
  })

  test('refuses other methods as CloudFront, before the function runs', async () => {
    const { answer, asked, stats } = await ask([running('function handler() { throw 1 }')], '/a', 'POST')
    assert.deepEqual([answer.status, answer.xCache], [403, 'Error from cloudfront'])
    assert.deepEqual([asked.length, stats.refused], [0, 1])
  })

  test('takes the first behaviour whose pattern matches the viewer’s path', async () => {
    const behaviours = [
      { ...running(`function handler() { return { statusCode: 201 } }`), pathPattern: '/x/*' },
      { ...running(`function handler() { return { statusCode: 202 } }`), pathPattern: '/x/y/*' },
      running(`function handler() { return { statusCode: 203 } }`),
    ]
    assert.equal((await ask(behaviours, '/x/y/z')).answer.status, 201)
    assert.equal((await ask(behaviours, '/a/../%78/z')).answer.status, 201)
    assert.equal((await ask(behaviours, '/y')).answer.status, 203)
  })

  test('does not match what the function has rewritten again', async () => {
    const behaviours = [
      { ...running('function handler() { throw 1 }'), pathPattern: '/x/*' },
      running(`function handler(e) { e.request.uri = '/x/a'; return e.request }`),
    ]
    const { answer, asked } = await ask(behaviours, '/a')
    assert.equal(answer.status, 200)
    assert.deepEqual(
      asked.map(({ url }) => url),
      ['/x/a?a=1'],
    )
  })

  test('gives the function and the origin the device headers that the policy lists', async () => {
    const name = 'cloudfront-is-mobile-viewer'
    const code = `function handler(e) { e.request.uri = '/' + e.request.headers['${name}'].value; return e.request }`
    const { asked } = await ask([{ ...running(code), originHeaders: [name] }], '/a')
    assert.deepEqual(
      asked.map(({ url, headers }) => [url, headers]),
      [['/true?a=1', { [name]: 'true' }]],
    )
  })

  test('sends the origin no header of the viewer', async () => {
    const { asked } = await ask([behaviour], '/a')
    assert.deepEqual(asked[0]?.headers, {})
  })

  const outcomes: readonly (readonly [code: string, status: number, xCache: string])[] = [
    ['function handler() { return { statusCode: 418 } }', 418, 'FunctionGeneratedResponse from cloudfront'],
    ['function handler() { throw 1 }', 503, 'FunctionExecutionError from cloudfront'],
    ['async function handler() { throw 1 }', 503, 'FunctionExecutionError from cloudfront'],
    ['function handler() {}', 502, 'FunctionValidationError from cloudfront'],
  ]
  for (const [code, status, xCache] of outcomes) {
    test(`answers ${status} by itself to ${code}`, async () => {
      const { answer, asked, stats } = await ask([running(code)], '/a')
      assert.deepEqual([answer.status, answer.xCache, answer.age], [status, xCache, undefined])
      assert.deepEqual([asked.length, stats.refused, stats.errors], [0, 1, status >= 500 ? 1 : 0])
    })
  }

  test('counts a function’s own answer of 500 and above as an error', async () => {
    const { stats } = await ask([running('function handler() { return { statusCode: 503 } }')], '/a')
    assert.equal(stats.errors, 1)
  })
})
