import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { closeEdges, readProblem } from '../../running-edge.ts'
import { openPlaygroundEdge, type RunningPlayground } from './running-playground.ts'

let running: RunningPlayground
let own: string
let port: string

before(async () => {
  running = await openPlaygroundEdge()
  ;({ host: own, port } = new URL(running.edge.url))
})

after(closeEdges)

/** Each that could be sent to the API, with whether it changes something. */
const calls = [
  ['GET', 'setup', false],
  ['GET', 'viewers', false],
  ['GET', 'originals', false],
  ['GET', 'live', false],
  ['PUT', 'originals?key=other.jpg', true],
  ['DELETE', 'originals?key=photo.jpg', true],
  ['POST', 'ask', true],
  ['POST', 'sign', true],
  ['POST', 'burst', true],
] as const

function ask(method: string, path: string, headers: Record<string, string>) {
  return running.ask(`/_fovea/api/${path}`, { method, headers, body: method === 'POST' ? '{}' : undefined })
}

suite('the playground’s API', () => {
  for (const [method, path, changes] of calls) {
    test(`refuses ${method} ${path} by a name that is not this machine’s`, async () => {
      for (const host of [
        'evil.example',
        `evil.example:${port}`,
        'localhost.evil.example',
        '127.0.0.1.nip.io',
        'localhost:1@evil.example',
        '0.0.0.0',
        '10.0.0.1',
      ]) {
        const reply = await ask(method, path, {
          host,
          origin: `http://${host}`,
          'sec-fetch-site': 'same-origin',
        })
        assert.equal(reply.status, 403, host)
        assert.match(String(readProblem(reply).detail), /Host header/)
      }
    })

    test(`refuses ${method} ${path} from other sites’ pages`, async () => {
      const foreign: Record<string, string>[] = [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'http://evil.example' },
        { origin: 'null' },
        { origin: `https://${own}` },
        { origin: 'http://localhost:1', 'sec-fetch-site': 'same-origin' },
        { origin: `http://${own}`, 'sec-fetch-site': 'cross-site' },
        ...(changes ? [{}, { 'sec-fetch-site': 'none' }, { referer: `http://${own}/_fovea/` }] : []),
      ]
      for (const headers of foreign) {
        const reply = await ask(method, path, { host: own, ...headers })
        assert.equal(reply.status, 403, JSON.stringify(headers))
        assert.equal(reply.headers['content-type'], 'application/problem+json')
        assert.match(String(readProblem(reply).detail), /^expected .* but received /)
        assert.equal(reply.headers['access-control-allow-origin'], undefined)
      }
    })
  }

  test('answers this machine’s own names, its page and who types the address', async () => {
    for (const host of [own, `127.0.0.1:${port}`, `[::1]:${port}`, 'LOCALHOST', 'localhost:9999']) {
      for (const site of [undefined, 'none', 'same-origin']) {
        const headers: Record<string, string> =
          site === undefined ? { host } : { host, 'sec-fetch-site': site }
        assert.equal((await ask('GET', 'setup', headers)).status, 200, host)
      }
      const reply = await ask('POST', 'ask', { host, origin: `http://${host}` })
      assert.match(String(readProblem(reply).detail), /for viewer/, host)
    }
  })

  test('answers 404 to other paths and 405 to other methods', async () => {
    for (const path of ['', 'x', 'setup/', 'constructor', '__proto__', 'originals/../setup', '%73etup']) {
      assert.equal((await running.call(path)).status, 404, path)
    }
    for (const [method, path] of [
      ['POST', 'setup'],
      ['HEAD', 'live'],
      ['OPTIONS', 'ask'],
      ['constructor', 'ask'],
    ] as const) {
      assert.equal(
        (await running.call(path, { method: method === 'constructor' ? 'PATCH' : method })).status,
        405,
      )
    }
  })

  test('refuses bodies that are too long, or no object', async () => {
    for (const path of ['ask', 'sign', 'burst']) {
      const long = await running.call(path, { body: JSON.stringify({ url: 'x'.repeat(100_000) }) })
      assert.equal(long.status, 413, path)
      for (const body of ['', 'x', '[]', 'null', '"x"', '{']) {
        const reply = await running.call(path, { method: 'POST', body })
        assert.deepEqual(
          [reply.status, readProblem(reply).detail],
          [400, 'expected a JSON object as the body'],
        )
      }
    }
  })
})

suite('the playground’s page', () => {
  test('may load nothing of other hosts, and be shown by no other page', async () => {
    const { status, headers, body } = await running.ask('/_fovea/')
    assert.equal(status, 200)
    assert.equal(headers['content-type'], 'text/html; charset=utf-8')
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /^default-src 'self';/)
    assert.match(policy, /img-src 'self' data: blob:(;|$)/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe|https?:|\*/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.doesNotMatch(body.toString(), /(?:src|href)="?(?:https?:)?\/\//)
  })

  test('is found without the slash at its end', async () => {
    const { status, headers } = await running.ask('/_fovea')
    assert.deepEqual([status, headers.location], [307, '/_fovea/'])
  })

  test('names only files that are there', async () => {
    const { body } = await running.ask('/_fovea/')
    const named = [...body.toString().matchAll(/(?:src|href)="([\w.]+)"/g)].map(([, name = '']) => name)
    assert.deepEqual(named.sort(), ['page.css', 'page.js'])
    for (const name of named) {
      const { status, headers } = await running.ask(`/_fovea/${name}`)
      assert.equal(status, 200, name)
      assert.match(String(headers['content-type']), name.endsWith('.js') ? /^text\/javascript/ : /^text\/css/)
    }
  })

  test('is not answered by other names, methods and paths', async () => {
    assert.equal((await running.ask('/_fovea/', { headers: { host: 'evil.example' } })).status, 403)
    assert.equal((await running.ask('/_fovea/', { method: 'POST' })).status, 405)
    for (const path of [
      'index.html',
      'main.tsx',
      'page.js/',
      '../edge.ts',
      '..%2fpackage.json',
      'constructor',
    ]) {
      assert.equal((await running.ask(`/_fovea/${path}`)).status, 404, path)
    }
  })

  test('leaves the counts where they were', async () => {
    const { status, body } = await running.ask('/_fovea/stats')
    assert.equal(status, 200)
    assert.deepEqual(JSON.parse(body.toString()), { ...running.edge.stats })
  })
})
