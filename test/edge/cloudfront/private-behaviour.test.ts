import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { suite, test } from 'node:test'
import { getSignedCookies, getSignedUrl } from '@aws-sdk/cloudfront-signer'
import { createDistribution } from '../../../edge/cloudfront/distribution.ts'
import { createEdgeServer } from '../../../edge/server.ts'
import type { Behaviour } from '../../../edge/template/deployment.ts'
import { behaviour, createBench, deployment } from './counting-origin.ts'
import { signingKeys, trustedKeys } from './signing-keys.ts'

const startMs = 1_700_000_000_000
const dateLessThan = new Date(startMs + 60_000)
const signer = { keyPairId: 'KEC', privateKey: signingKeys.KEC.privateKey }
const origin = 'http://localhost:8080'

/** Tells what a function sees: the origin is asked for it. */
const telling = `function handler(event) {
  const { request } = event
  const seen = [Object.keys(request.querystring), request.rawQueryString(), Object.keys(request.cookies)]
  request.querystring = 'seen=' + encodeURIComponent(JSON.stringify(seen)).replace(/'/g, '%27')
  return request
}`

/** A distribution that guards \`/private/*\` alone, with a clock that is set by hand. */
function open(code?: string) {
  const bench = createBench()
  const shared: Behaviour = { ...behaviour, viewerFunction: code ? { name: 'f', code } : undefined }
  const behaviours = [{ ...shared, pathPattern: '/private/*', trustedKeys }, shared]
  let nowMs = startMs
  const distribution = createDistribution(
    { ...deployment, behaviours },
    bench.cachedOrigin,
    new Map(),
    bench.stats,
    () => nowMs,
  )
  return {
    ...bench,
    distribution,
    advance: (seconds: number) => {
      nowMs += seconds * 1000
    },
    async ask(url: string, given: { cookie?: string; ip?: string; method?: string } = {}) {
      const { host, pathname: path, search } = new URL(url)
      const headers = { host, ...(given.cookie !== undefined && { cookie: given.cookie }) }
      const query = search === '' ? undefined : search.slice(1)
      const { method = 'GET', ip = '127.0.0.1' } = given
      const answer = await distribution.answer({ method, path, query, headers, ip })
      return { ...answer, text: answer.body.toString() }
    },
  }
}

function sign(path: string): string {
  return getSignedUrl({ url: `${origin}${path}`, dateLessThan, ...signer })
}

function cookieFor(path: string): string {
  const Condition = { DateLessThan: { 'AWS:EpochTime': dateLessThan.getTime() / 1000 } }
  const policy = JSON.stringify({ Statement: [{ Resource: `http*://localhost:8080${path}`, Condition }] })
  const cookies = Object.entries(getSignedCookies({ policy, ...signer }))
  return cookies.map(([name, value]) => `${name}=${value}`).join('; ')
}

const missingKey =
  '<?xml version="1.0" encoding="UTF-8"?><Error><Code>MissingKey</Code><Message>Missing Key-Pair-Id query parameter or cookie value</Message></Error>'

suite('a behaviour with trusted keys', () => {
  test('answers CloudFront’s own 403 to who shows nothing, before function, cache and origin', async () => {
    const { ask, asked, stats } = open('function handler() { throw 1 }')
    const { status, headers, text, xCache, age } = await ask(`${origin}/private/a.jpg`)
    assert.deepEqual([status, headers, xCache], [403, ['content-type', 'text/xml'], 'Error from cloudfront'])
    assert.equal(text, missingKey)
    // As many bytes as a report of the real one counts.
    assert.equal(text.length, 146)
    assert.deepEqual([age, asked.length], [undefined, 0])
    assert.deepEqual([stats.requests, stats.refused, stats.errors], [1, 1, 0])
  })

  test('refuses what is in the cache to who shows nothing', async () => {
    const { ask, asked } = open()
    assert.equal((await ask(sign('/private/a.jpg'))).status, 200)
    assert.equal((await ask(`${origin}/private/a.jpg`)).status, 403)
    assert.equal(asked.length, 1)
  })

  test('leaves other paths to anyone', async () => {
    const { ask } = open()
    assert.equal((await ask(`${origin}/a.jpg`)).status, 200)
    assert.equal((await ask(`${origin}/private`)).status, 200)
  })

  test('guards every spelling of its paths', async () => {
    const { distribution } = open()
    for (const path of ['/%70rivate/a.jpg', '/x/../private/a.jpg', '/./private/a.jpg']) {
      const headers = { host: 'localhost:8080' }
      const { status } = await distribution.answer({ method: 'GET', path, query: '', headers, ip: '::1' })
      assert.equal(status, 403, path)
    }
  })

  test('lets a signed URL pass until its end, by the clock that is given', async () => {
    const { ask, advance } = open()
    const url = sign('/private/a.jpg')
    assert.equal((await ask(url)).status, 200)
    advance(59)
    assert.equal((await ask(url)).status, 200)
    advance(1)
    const { status, text } = await ask(url)
    assert.equal(status, 403)
    assert.match(text, /<Code>AccessDenied<\/Code><Message>Access denied<\/Message>/)
  })

  test('keeps one answer for all signatures, and asks the origin without them', async () => {
    const { ask, asked } = open()
    await ask(sign('/private/a.jpg?width=10&height=20'))
    const { xCache } = await ask(`${origin}/private/a.jpg?width=10&height=20`, {
      cookie: cookieFor('/private/*'),
    })
    assert.equal(xCache, 'Hit from cloudfront')
    await ask(sign('/private/b.jpg'))
    assert.deepEqual(
      asked.map(({ url }) => url),
      ['/private/a.jpg?width=10&height=20', '/private/b.jpg'],
    )
  })

  test('shows the function the query without CloudFront’s parameters, and every cookie', async () => {
    const { ask, asked } = open(telling)
    await ask(sign('/private/a.jpg?width=10'), { cookie: 'a=1; b=2' })
    await ask(sign('/private/a.jpg'))
    await ask(`${origin}/private/a.jpg`, { cookie: `a=1; ${cookieFor('/private/*')}` })
    const seen = asked.map(({ url }) => JSON.parse(decodeURIComponent(url.split('seen=')[1] ?? '')))
    assert.deepEqual(seen, [
      [['width'], 'width=10', ['a', 'b']],
      [[], null, []],
      [[], null, ['a', 'CloudFront-Key-Pair-Id', 'CloudFront-Signature', 'CloudFront-Policy']],
    ])
  })

  test('reads the viewer’s address', async () => {
    const { ask } = open()
    const ipAddress = '127.0.0.0/8'
    const url = getSignedUrl({ url: `${origin}/private/a.jpg`, dateLessThan, ipAddress, ...signer })
    assert.equal((await ask(url)).status, 200)
    assert.equal((await ask(url, { ip: '::ffff:127.0.0.1' })).status, 200)
    assert.equal((await ask(url, { ip: '192.0.2.1' })).status, 403)
    assert.equal((await ask(url, { ip: '::1' })).status, 403)
  })

  test('refuses a method before it looks at signatures', async () => {
    const { ask } = open()
    assert.match((await ask(`${origin}/private/a.jpg`, { method: 'POST' })).text, /HTTP request method/)
  })
})

suite('a behaviour without trusted keys', () => {
  test('leaves the query as it is', async () => {
    const { ask, asked } = open()
    await ask(`${origin}/a.jpg?Expires=1&width=10&Key-Pair-Id=KEC`)
    assert.equal(asked[0]?.url, '/a.jpg?Expires=1&width=10&Key-Pair-Id=KEC')
  })

  test('shows the function all of the query and cookies', async () => {
    const { ask, asked } = open(telling)
    await ask(`${origin}/a.jpg?Policy=1&width=10`, { cookie: 'CloudFront-Policy=1' })
    const seen = JSON.parse(decodeURIComponent(asked[0]?.url.split('seen=')[1] ?? ''))
    assert.deepEqual(seen, [['Policy', 'width'], 'Policy=1&width=10', ['CloudFront-Policy']])
  })
})

suite('createEdgeServer over a behaviour with trusted keys', () => {
  test('takes URLs and cookies that were signed for the host that viewers name', async (context) => {
    const { distribution, stats } = open()
    const server = createEdgeServer(() => distribution, stats)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    context.after(() => server.closeAllConnections())
    context.after(() => server.close())
    const { port } = server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}/private/a.jpg`
    const ipAddress = '127.0.0.1/32'
    const signed = getSignedUrl({ url, dateLessThan, ipAddress, ...signer })
    const cookies = Object.entries(
      getSignedCookies({ url: url.replace('http:', 'https:'), dateLessThan, ...signer }),
    )
    const cookie = cookies.map((pair) => pair.join('=')).join('; ')

    const refused = await fetch(url)
    assert.deepEqual([refused.status, refused.headers.get('content-type')], [403, 'text/xml'])
    assert.equal(await refused.text(), missingKey)
    assert.equal((await fetch(signed)).status, 200)
    assert.equal((await fetch(url, { headers: { cookie } })).status, 200)
    assert.equal((await fetch(signed.replace('127.0.0.1:', 'localhost:'))).status, 403)
    const head = await fetch(url, { method: 'HEAD' })
    assert.deepEqual([head.status, head.headers.get('content-length')], [403, '146'])
  })
})
