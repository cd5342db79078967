import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { suite, test } from 'node:test'
import { formatEvent } from '../../../edge/cloudfront/event.ts'
import { loadViewerFunction } from '../../../edge/cloudfront/viewer-function.ts'
import { anyEvent, decide, evaluateInside } from './loaded-function.ts'

suite('the runtime of viewer functions', () => {
  const absent = [
    'process',
    'require',
    'module',
    'fetch',
    'setTimeout',
    'setInterval',
    'setImmediate',
    'queueMicrotask',
    'performance',
    'global',
    'URL',
    'URLSearchParams',
    'structuredClone',
    '__dirname',
  ]
  for (const name of absent) {
    test(`has no ${name}`, async () => {
      assert.deepEqual(await evaluateInside(`[typeof ${name}, typeof globalThis.${name}]`), [
        'undefined',
        'undefined',
      ])
    })
  }

  const generated: readonly string[] = [
    `eval('1')`,
    `new Function('return 1')()`,
    `(function () {}).constructor('return 1')()`,
    `(async function () {}).constructor('return 1')()`,
    `(0, eval)('1')`,
  ]
  for (const expression of generated) {
    test(`does not run ${expression}`, async () => {
      const decision = await decide(
        `function handler() { return { statusCode: 200, body: String(${expression}) } }`,
      )
      assert.equal(decision.kind === 'failure' && decision.status, 503, JSON.stringify(decision))
    })
  }

  const ways: readonly string[] = [
    'this.constructor.constructor',
    'globalThis.constructor.constructor',
    'cf.kvs.constructor',
    'cf.constructor.constructor',
    'crypto.createHash.constructor',
    `crypto.createHash('md5').constructor.constructor`,
    'cf.kvs().get.constructor',
  ]
  for (const way of ways) {
    test(`does not reach the process through ${way}`, async () => {
      const prelude = `import cf from 'cloudfront';\nimport crypto from 'crypto';`
      const decision = await decide(
        `${prelude}\nfunction handler() { return { statusCode: 200, body: typeof ${way}('return process')() } }`,
        undefined,
        new Map(),
      )
      assert.notEqual(decision.kind === 'response' && decision.body, 'object')
    })
  }

  test('gives the event as objects of its own', async () => {
    const code =
      'function handler(e) { return { statusCode: 200, body: String(e.request instanceof Object) } }'
    const decision = await decide(code)
    assert.equal(decision.kind === 'response' && decision.body, 'true')
  })

  test('keeps what the code keeps between runs, and functions apart from each other', async () => {
    const code = `let runs = 0; function handler() { return { statusCode: 200, body: String(++runs) } }`
    const [one, other] = [1, 2].map(() => loadViewerFunction({ name: 'f', code }, undefined))
    assert(one && other)
    const bodies = []
    for (const run of [one, one, other]) {
      const decision = await run(JSON.stringify(anyEvent))
      bodies.push(decision.kind === 'response' && decision.body)
    }
    assert.deepEqual(bodies, ['1', '2', '1'])
  })
})

suite('rawQueryString of a viewer function’s request', () => {
  const queries: readonly (string | undefined)[] = [undefined, '', 'b=%20+&2=x&1=y&&b=1', '__proto__=1']
  for (const query of queries) {
    test(`gives ${query === undefined ? 'undefined without a ?' : `"${query}" as it was sent`}`, async () => {
      const request = { method: 'GET', path: '/a', query, headers: {}, ip: '::1' }
      const code =
        'function handler(e) { return { statusCode: 200, body: typeof e.request.rawQueryString() + e.request.rawQueryString() } }'
      const decision = await decide(code, JSON.parse(formatEvent(request)))
      assert.equal(decision.kind === 'response' && decision.body, `${typeof query}${query}`)
    })
  }

  test('is no part of the request that comes back', async () => {
    const decision = await decide(`function handler(e) { return e.request }`)
    assert.deepEqual(decision, { kind: 'request', uri: '/a', querystring: '' })
  })
})

suite('the modules of viewer functions', () => {
  const lines: readonly (readonly [what: string, line: string])[] = [
    ['as people write it', `import crypto from 'crypto'`],
    ['with double quotes and a semicolon', 'import crypto from "crypto";'],
    ['minified', 'import crypto from"crypto";'],
    ['behind the settings', 'const FOVEA_SETTINGS={"ladder":[1]};import crypto from"crypto";'],
  ]
  const digest = createHmac('sha256', 'k').update('text').digest('base64url')
  for (const [what, line] of lines) {
    test(`are there by an import ${what}`, async () => {
      const expression = `crypto.createHmac('sha256', 'k').update('text').digest('base64url')`
      assert.equal(await evaluateInside(expression, line), digest)
    })
  }

  test('are there under the name that the import gives', async () => {
    assert.equal(await evaluateInside('typeof $c2.kvs', `import $c2 from 'cloudfront'`), 'function')
  })

  for (const algorithm of ['md5', 'sha1', 'sha256']) {
    test(`hash with ${algorithm}`, async () => {
      const expression = `crypto.createHash('${algorithm}').update('').digest('hex').length`
      assert(((await evaluateInside(expression, `import crypto from 'crypto'`)) as number) >= 32)
    })
  }

  test('hash with nothing that CloudFront lacks', async () => {
    const code = `import crypto from 'crypto'\nfunction handler() { return crypto.createHash('sha512') }`
    assert.deepEqual((await decide(code)).kind, 'failure')
  })
})

suite('a KeyValueStore', () => {
  const imports = `import cf from 'cloudfront'`
  const store = () =>
    new Map([
      ['sign.a', 'secret'],
      ['json', '{"a":[1]}'],
      ['empty', ''],
    ])

  const values: readonly (readonly [expression: string, expected: unknown])[] = [
    [`await cf.kvs().get('sign.a')`, 'secret'],
    [`await cf.kvs().get('sign.a', { format: 'string' })`, 'secret'],
    [`(await cf.kvs().get('json', { format: 'json' })).a[0]`, 1],
    [`await cf.kvs().get('empty')`, ''],
    [`await cf.kvs().exists('sign.a')`, true],
    [`await cf.kvs().exists('toString')`, false],
    [`(await cf.kvs().meta()).keyCount`, 3],
  ]
  for (const [expression, expected] of values) {
    test(`${expression} is ${JSON.stringify(expected)}`, async () => {
      assert.equal(await evaluateInside(expression, imports, store()), expected)
    })
  }

  for (const key of ['nothing', '__proto__', 'constructor']) {
    test(`rejects the missing key ${key}, which the code may catch`, async () => {
      const code = `${imports}
        async function handler() {
          try { await cf.kvs().get('${key}') } catch (error) { return { statusCode: 403, body: 'caught' } }
          return { statusCode: 200 }
        }`
      const decision = await decide(code, undefined, store())
      assert.equal(decision.kind === 'response' && decision.status, 403)
    })
  }

  test('is 503 where a missing key is not caught', async () => {
    const code = `${imports}\nasync function handler() { return await cf.kvs().get('nothing') }`
    const decision = await decide(code, undefined, store())
    assert.equal(decision.kind === 'failure' && decision.status, 503)
  })

  test('is 503 where the function has no store', async () => {
    const decision = await decide(`${imports}\nasync function handler() { return await cf.kvs().get('a') }`)
    assert.equal(decision.kind === 'failure' && decision.status, 503)
  })

  test('shows what changes in it without loading the function again', async () => {
    const live = store()
    const code = `${imports}\nasync function handler() { return { statusCode: 200, body: await cf.kvs().get('sign.a') } }`
    const run = loadViewerFunction({ name: 'f', code }, live)
    live.set('sign.a', 'rotated')
    const decision = await run(JSON.stringify(anyEvent))
    assert.equal(decision.kind === 'response' && decision.body, 'rotated')
  })
})
