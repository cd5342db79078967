import assert from 'node:assert/strict'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { after, suite, test } from 'node:test'
import { type FunctionUrl, serveFunctionUrl } from '../../../edge/lambda/function-url.ts'
import { parseStream } from '../../../edge/lambda/stream-parser.ts'
import { signRequest } from '../../../edge/signature-v4.ts'
import { closeLambdas, openLambda } from './stand-in-handler.ts'

const credentials = { accessKeyId: 'OAC', secretAccessKey: 'secret' }
const opened: FunctionUrl[] = []

after(() => {
  for (const url of opened) url.close()
  closeLambdas()
})

/** A streaming Function URL over a handler with this body, which has `event` and `stream`. */
async function open(body: string, timeoutSeconds = 2): Promise<FunctionUrl> {
  const lambda = openLambda('', {
    timeoutSeconds,
    after: `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
      const answer = (head) => awslambda.HttpResponseStream.from(stream, head)
      if (event.rawPath === '/well') { const well = answer({ statusCode: 200 }); well.write('well'); well.end(); return }
      ${body}
    })`,
  })
  const url = await serveFunctionUrl(lambda, true, credentials, Date.now)
  opened.push(url)
  return url
}

interface Streamed {
  status: number
  headers: IncomingMessage['headers']
  body: string
  /** Whether the body came to its end. */
  complete: boolean
}

async function call({ port }: FunctionUrl, path = '/'): Promise<Streamed> {
  const headers: Record<string, string> = { host: `127.0.0.1:${port}` }
  const signing = { credentials, service: 'lambda', region: 'us-east-1', signedAt: new Date() }
  Object.assign(headers, await signRequest({ method: 'GET', url: path, headers }, signing))
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host: '127.0.0.1', port, path, headers, agent: false })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      let body = ''
      incoming.on('data', (chunk) => {
        body += chunk
      })
      incoming.on('error', () => {})
      incoming.on('close', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body,
          complete: incoming.complete,
        }),
      )
    })
    outgoing.end()
  })
}

suite('a streaming Function URL', () => {
  test('passes 50 MB on, prelude before body and without Content-Length', async () => {
    const chunk = 64 * 1024
    const url = await open(
      `const out = answer({ statusCode: 200, headers: { 'content-length': '52428800', 'content-type': 'image/png' } })
       for (let sent = 0; sent < 800; sent++) out.write(Buffer.alloc(${chunk}, 97))
       out.end()`,
      10,
    )
    const { status, headers, body, complete } = await call(url)
    assert.deepEqual([status, complete, body.length], [200, true, 800 * chunk])
    assert.equal(headers['content-length'], undefined)
    assert.equal(headers['transfer-encoding'], 'chunked')
    assert.equal(headers['x-amzn-remapped-content-length'], '52428800')
    assert.equal(headers['content-type'], 'image/png')
  })
})

suite('parseStream', () => {
  const head = { statusCode: 201, headers: { a: 'b' } }
  const stream = Buffer.concat([Buffer.from(JSON.stringify(head)), Buffer.alloc(8), Buffer.from('body\0\0')])
  for (let size = 1; size <= stream.length; size += 5) {
    test(`tells prelude and body apart in chunks of ${size} bytes`, () => {
      const heads: unknown[] = []
      const bodies: Buffer[] = []
      const take = parseStream(
        (each) => heads.push(each),
        (chunk) => bodies.push(chunk),
      )
      for (let at = 0; at < stream.length; at += size) take(stream.subarray(at, at + size))
      assert.deepEqual(heads, [head])
      assert.equal(Buffer.concat(bodies).toString(), 'body\0\0')
    })
  }

  test('gives up on a stream without a prelude', () => {
    const take = parseStream(
      () => assert.fail(),
      () => assert.fail(),
    )
    assert.throws(() => take(Buffer.alloc(100_000, 1)), /expected a prelude/)
  })
})

suite('a streaming Function URL', () => {
  test('sends status, headers and chunks as they come, lengths renamed', async () => {
    const url =
      await open(`const out = answer({ statusCode: 201, headers: { 'x-a': 'b', 'content-length': '4' } })
      out.write('ab'); await sleep(20); out.write('cd'); out.end()`)
    const { status, headers, body, complete } = await call(url)
    assert.deepEqual([status, headers['x-a'], body, complete], [201, 'b', 'abcd', true])
    assert.equal(headers['content-length'], undefined)
    assert.equal(headers['x-amzn-remapped-content-length'], '4')
    assert.equal(headers['transfer-encoding'], 'chunked')
  })

  test('renames lengths in whatever case the handler spells them', async () => {
    const url = await open(`const out = answer({ statusCode: 200, headers: { 'Content-Length': '4' } })
      out.write('ab'); out.end()`)
    const { headers, body } = await call(url)
    assert.deepEqual([headers['content-length'], body], [undefined, 'ab'])
  })

  test('sends an answer without a body', async () => {
    const url = await open(
      `const out = answer({ statusCode: 304, headers: { etag: '"1"' } }); out.write(''); out.end()`,
    )
    const { status, headers } = await call(url)
    assert.deepEqual([status, headers.etag], [304, '"1"'])
  })

  const broken: readonly (readonly [what: string, body: string])[] = [
    [
      'throws within its body',
      `const out = answer({ statusCode: 200 }); out.write('a'); await sleep(50); throw new Error('no')`,
    ],
    [
      'takes too long within its body',
      `const out = answer({ statusCode: 200 }); out.write('a'); await sleep(60_000)`,
    ],
    [
      'ends its process within its body',
      `const out = answer({ statusCode: 200 }); out.write('a'); await sleep(50); process.exit(1)`,
    ],
  ]
  for (const [what, body] of broken) {
    test(`breaks off where the handler ${what}, and serves the next`, async () => {
      const url = await open(body, 0.5)
      const { status, complete } = await call(url)
      assert.deepEqual([status, complete], [200, false])
      assert.equal((await call(url, '/well')).body, 'well')
    })
  }

  const failures: readonly (readonly [what: string, body: string])[] = [
    ['throws before its first byte', `throw new Error('no')`],
    ['writes no prelude', `stream.write('plain'); stream.end()`],
    ['ends without a write, which loses the prelude', `answer({ statusCode: 200 }).end()`],
    [
      'writes a prelude that is no JSON',
      `stream.write(Buffer.concat([Buffer.from('no'), Buffer.alloc(8)])); stream.end()`,
    ],
    ['has a status that is none', `const out = answer({ statusCode: 42 }); out.write('a'); out.end()`],
    [
      'has a header that is none',
      `const out = answer({ statusCode: 200, headers: { 'a b': 'c' } }); out.write('a'); out.end()`,
    ],
  ]
  for (const [what, body] of failures) {
    test(`answers 502 where the handler ${what}, and serves the next`, async () => {
      const url = await open(body)
      assert.equal((await call(url)).status, 502)
      assert.equal((await call(url, '/well')).body, 'well')
    })
  }
})
