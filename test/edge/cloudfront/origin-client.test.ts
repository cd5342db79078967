import assert from 'node:assert/strict'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, suite, test } from 'node:test'
import { createOriginClient, type FetchOrigin } from '../../../edge/cloudfront/origin-client.ts'
import { verifySignature } from '../../../edge/signature-v4.ts'

const credentials = { accessKeyId: 'OAC', secretAccessKey: 'secret' }
const origin = {
  functionId: 'f',
  connectionAttempts: 1,
  connectionTimeoutSeconds: 2,
  readTimeoutSeconds: 0.2,
  signed: true,
}
let server: Server | undefined

afterEach(() => {
  server?.close()
  server?.closeAllConnections()
})

/** A client of an origin that does what `listener` does. */
async function clientOf(listener: RequestListener): Promise<FetchOrigin> {
  const listening = createServer(listener)
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', () => resolve()))
  const { port } = listening.address() as AddressInfo
  return createOriginClient(new Map([['f', port]]), credentials, 'us-east-1', Date.now)
}

suite('createOriginClient', () => {
  test('sends the request signed, with the origin’s own Host', async () => {
    const verdicts: unknown[] = []
    const fetchOrigin = await clientOf(async ({ method = '', url = '', headers }, response) => {
      verdicts.push(
        url,
        headers['x-a'],
        await verifySignature({ method, url, headers }, { credentials, service: 'lambda', now: Date.now }),
      )
      response.setHeader('etag', '"1"').end('body')
    })
    const answer = await fetchOrigin(origin, { method: 'GET', url: '/a~20b?rev=1', headers: { 'x-a': 'b' } })
    assert.deepEqual(verdicts, ['/a~20b?rev=1', 'b', { ok: true }])
    assert.deepEqual([answer.status, answer.headers.etag, answer.body.toString()], [200, '"1"', 'body'])
    assert.equal(answer.failed, false)
  })

  test('does not sign where no Origin Access Control is', async () => {
    const fetchOrigin = await clientOf(({ headers }, response) => response.end(String(headers.authorization)))
    const answer = await fetchOrigin({ ...origin, signed: false }, { method: 'GET', url: '/', headers: {} })
    assert.equal(answer.body.toString(), 'undefined')
  })

  const failures: readonly (readonly [what: string, listener: RequestListener, status: number])[] = [
    ['does not answer in time', () => {}, 504],
    ['ends the connection', ({ socket }) => socket.destroy(), 502],
    ['speaks no HTTP', ({ socket }) => socket.end('hello\r\n\r\n'), 502],
    [
      'ends the connection within its body',
      (_request, response) => {
        response.writeHead(200, { 'content-length': 10 })
        response.write('half', () => response.destroy())
      },
      502,
    ],
  ]
  for (const [what, listener, status] of failures) {
    test(`gives ${status} where the origin ${what}`, async () => {
      const fetchOrigin = await clientOf(listener)
      const answer = await fetchOrigin(origin, { method: 'GET', url: '/', headers: {} })
      assert.deepEqual([answer.status, answer.failed], [status, true])
    })
  }

  for (const url of ['/%', '/%zz?a=%', '/a b', '/é']) {
    test(`never rejects, not for ${url} either`, async () => {
      const fetchOrigin = await clientOf((_request, response) => response.end())
      const answer = await fetchOrigin(origin, { method: 'GET', url, headers: {} })
      assert.equal(typeof answer.status, 'number')
    })
  }

  test('gives 502 for a Function URL that is not there', async () => {
    const fetchOrigin = await clientOf((_request, response) => response.end())
    const answer = await fetchOrigin({ ...origin, functionId: 'g' }, { method: 'GET', url: '/', headers: {} })
    assert.deepEqual([answer.status, answer.failed], [502, true])
  })
})
