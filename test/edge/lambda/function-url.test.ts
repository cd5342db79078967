import assert from 'node:assert/strict'
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { after, suite, test } from 'node:test'
import { type FunctionUrl, serveFunctionUrl } from '../../../edge/lambda/function-url.ts'
import type { Lambda, LambdaOptions } from '../../../edge/lambda/lambda.ts'
import { type Credentials, signRequest } from '../../../edge/signature-v4.ts'
import { closeLambdas, openLambda } from './stand-in-handler.ts'

const credentials: Credentials = { accessKeyId: 'OAC', secretAccessKey: 'secret' }
const opened: FunctionUrl[] = []

after(() => {
  for (const url of opened) url.close()
  closeLambdas()
})

async function serve(lambda: Lambda, now = Date.now): Promise<FunctionUrl> {
  const url = await serveFunctionUrl(lambda, false, credentials, now)
  opened.push(url)
  return url
}

/** A Function URL over a handler with this body. */
function open(body: string, options: Partial<LambdaOptions> & { timeoutSeconds?: number } = {}) {
  return serve(openLambda(body, options))
}

interface Call {
  path: string
  method: string
  headers: Record<string, string>
  /** Changes what was signed, before it is sent. */
  tamper: (headers: Record<string, string>) => void
  signer: Credentials
  service: string
  /** Of connections that are kept. Default: one for each call. */
  agent: Agent
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** Calls a Function URL, signed as Origin Access Control signs unless `given` says otherwise. */
async function call({ port }: FunctionUrl, given: Partial<Call> = {}): Promise<Answer> {
  const { path = '/', method = 'GET', tamper, signer = credentials, service = 'lambda' } = given
  const headers: Record<string, string> = { host: `127.0.0.1:${port}`, ...given.headers }
  const signing = { credentials: signer, service, region: 'us-east-1', signedAt: new Date() }
  Object.assign(headers, await signRequest({ method, url: path, headers }, signing))
  tamper?.(headers)
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port,
      path,
      method,
      headers,
      agent: given.agent ?? false,
    })
    outgoing.on('error', reject)
    outgoing.on('response', async (incoming) => {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk)
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) })
    })
    outgoing.end()
  })
}

suite('a Function URL', () => {
  test('is not the first to close an idle connection, which a busy edge may be using just then', async () => {
    const url = await open('return { statusCode: 200, body: "x" }')
    const agent = new Agent({ keepAlive: true })
    const { headers } = await call(url, { agent })
    agent.destroy()
    assert.ok(
      Number(/timeout=(\d+)/.exec(String(headers['keep-alive']))?.[1]) >= 60,
      String(headers['keep-alive']),
    )
  })

  test('gives the handler a payload 2.0 event', async () => {
    const url = await open('return { statusCode: 200, body: JSON.stringify(event) }')
    const { body } = await call(url, { path: '/a?b=1', headers: { 'if-none-match': '"x"' } })
    const event = JSON.parse(body.toString())
    assert.equal(event.version, '2.0')
    assert.equal(event.routeKey, '$default')
    assert.equal(event.isBase64Encoded, false)
    assert.equal(event.requestContext.http.method, 'GET')
    assert.equal(event.headers['if-none-match'], '"x"')
    assert.equal(event.headers.host, `127.0.0.1:${url.port}`)
  })

  const targets: readonly (readonly [path: string, rawPath: string, rawQueryString: string])[] = [
    ['/a.jpg', '/a.jpg', ''],
    ['/a.jpg?rev=1&width=1', '/a.jpg', 'rev=1&width=1'],
    ['/caf~C3~A9/a~20b.jpg?rev=1', '/caf~C3~A9/a~20b.jpg', 'rev=1'],
    ['/caf%C3%A9?a=%20&b=%2B', '/caf%C3%A9', 'a=%20&b=%2B'],
    ['/a//b/', '/a//b/', ''],
    ['/a?b=c?d=e', '/a', 'b=c?d=e'],
    ['/a?', '/a', ''],
  ]
  for (const [path, rawPath, rawQueryString] of targets) {
    test(`leaves path and query as they were sent: ${path}`, async () => {
      const url = await open('return { statusCode: 200, body: JSON.stringify(event) }')
      const event = JSON.parse((await call(url, { path })).body.toString())
      assert.deepEqual([event.rawPath, event.rawQueryString], [rawPath, rawQueryString])
    })
  }

  test('sends status, headers and a text', async () => {
    const url = await open(`return { statusCode: 404, headers: { 'x-a': 'b', 'x-n': 7 }, body: 'é' }`)
    const { status, headers, body } = await call(url)
    assert.deepEqual([status, headers['x-a'], headers['x-n'], body.toString()], [404, 'b', '7', 'é'])
    assert.equal(headers['content-length'], '2')
  })

  test('sends bytes that come as base64', async () => {
    const url = await open(`return { statusCode: 200, body: 'AP+A', isBase64Encoded: true }`)
    assert.deepEqual([...(await call(url)).body], [0, 255, 128])
  })

  test('answers HEAD with the length that the handler says, and no body', async () => {
    const url = await open(`return { statusCode: 200, headers: { 'content-length': '12345' }, body: '' }`)
    const { headers, body } = await call(url, { method: 'HEAD' })
    assert.deepEqual([headers['content-length'], body.length], ['12345', 0])
  })

  test('writes one length, in whatever case the handler spells it', async () => {
    const url = await open(`return { statusCode: 200, headers: { 'Content-Length': '2' }, body: 'ab' }`)
    const { headers, body } = await call(url)
    assert.deepEqual([headers['content-length'], body.toString()], ['2', 'ab'])
  })
})

suite('a Function URL, called by anyone but Origin Access Control,', () => {
  const cases: readonly (readonly [what: string, given: Partial<Call>])[] = [
    [
      'without a signature',
      {
        tamper: (headers) => {
          delete headers.authorization
        },
      },
    ],
    ['with another secret', { signer: { ...credentials, secretAccessKey: 'guess' } }],
    ['with another key', { signer: { ...credentials, accessKeyId: 'ROLE' } }],
    ['with a signature for S3', { service: 's3' }],
    [
      'with a header changed after it was signed',
      {
        headers: { 'x-a': 'b' },
        tamper: (headers) => {
          headers['x-a'] = 'c'
        },
      },
    ],
    [
      'with a signature of another time',
      {
        tamper: (headers) => {
          headers['x-amz-date'] = '20200101T000000Z'
        },
      },
    ],
  ]
  for (const [what, given] of cases) {
    test(`is 403 ${what}, and no run`, async () => {
      const url = await open(`process.exit(9)`)
      const { status, headers, body } = await call(url, given)
      assert.deepEqual([status, body.toString()], [403, '{"Message":"Forbidden"}'])
      assert.equal(headers['x-amzn-errortype'], 'AccessDeniedException')
    })
  }

  test('is 403 with a signature of an hour ago', async () => {
    const hourMs = 3_600_000
    const url = await serve(openLambda('return { statusCode: 200 }'), () => Date.now() + hourMs)
    assert.equal((await call(url)).status, 403)
  })
})

suite('a Function URL whose Lambda fails', () => {
  const failures: readonly (readonly [what: string, body: string, status: number])[] = [
    ['throws', `throw new Error('secret reason')`, 502],
    ['ends its process', 'process.exit(0)', 502],
    ['takes too long', 'await sleep(60_000)', 504],
    ['answers no status', `return { body: 'x' }`, 502],
    ['answers nothing', 'return undefined', 502],
    ['answers a body that is no text', 'return { statusCode: 200, body: {} }', 502],
    ['answers a status that is none', 'return { statusCode: 42 }', 502],
    ['answers a header that is none', `return { statusCode: 200, headers: { 'a b': 'c' } }`, 502],
  ]
  for (const [what, body, status] of failures) {
    test(`answers ${status} where it ${what}, saying nothing of it, and serves the next`, async () => {
      const url = await open(`if (event.rawPath === '/bad') { ${body} } return { statusCode: 200 }`, {
        timeoutSeconds: 0.3,
      })
      const answer = await call(url, { path: '/bad' })
      assert.equal(answer.status, status)
      assert.doesNotMatch(answer.body.toString(), /secret|Error:|at /)
      assert.equal((await call(url)).status, 200)
    })
  }

  test('answers 429 above the concurrency, in AWS’s words and without Retry-After', async () => {
    const url = await open('await sleep(200); return { statusCode: 200 }', { concurrency: 2 })
    const answers = await Promise.all([call(url), call(url), call(url)])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 429])
    const throttled = answers.find(({ status }) => status === 429)
    assert.deepEqual(JSON.parse(String(throttled?.body)), {
      Reason: 'ConcurrentInvocationLimitExceeded',
      Type: 'User',
      message: 'Rate Exceeded.',
    })
    assert.equal(throttled?.headers['x-amzn-errortype'], 'TooManyRequestsException')
    assert.equal(throttled?.headers['retry-after'], undefined)
  })
})
