import assert from 'node:assert/strict'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, suite, test } from 'node:test'
import type { OriginErrorCode } from '../../../grammar/origin-errors.ts'
import { createS3Originals } from '../../../transformer/original/s3-originals.ts'
import { TransformError } from '../../../transformer/transform-error.ts'
import { settings } from '../run.ts'

/** Milliseconds until the deadline's signal. */
const deadlineMs = 600

/** Milliseconds after which a reading counts as hanging. */
const hangingMs = 3000

let answer: RequestListener = () => {}
let requests = 0
const server: Server = createServer((request, response) => {
  requests++
  answer(request, response)
})

before(async () => {
  process.env.AWS_REGION = 'us-east-1'
  process.env.AWS_ACCESS_KEY_ID = 'key'
  process.env.AWS_SECRET_ACCESS_KEY = 'secret'
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

after(() => {
  server.closeAllConnections()
  server.close()
})

function createOriginals() {
  const { port } = server.address() as AddressInfo
  return createS3Originals({ ...settings, s3Endpoint: `http://127.0.0.1:${port}`, maxSourceBytes: 100_000 })
}

/** An error as S3 words it. */
function fail(status: number, code: string): RequestListener {
  return (_request, response) =>
    response
      .writeHead(status, { 'content-type': 'application/xml' })
      .end(`<Error><Code>${code}</Code></Error>`)
}

const ok: RequestListener = (_request, response) =>
  response.writeHead(200, { 'content-length': '5', etag: '"one"' }).end('bytes')

suite('an answer of S3', () => {
  const blamed: readonly (readonly [status: number, code: string, expected: OriginErrorCode])[] = [
    [404, 'NoSuchKey', 'missing'],
    [403, 'AccessDenied', 'forbidden'],
    [403, 'InvalidObjectState', 'archived'],
    [404, 'NoSuchBucket', 'unavailable'],
    [403, 'RequestTimeTooSkewed', 'unavailable'],
    [400, 'ExpiredToken', 'unavailable'],
    [500, 'InternalError', 'unavailable'],
    [503, 'SlowDown', 'unavailable'],
    [301, 'PermanentRedirect', 'unavailable'],
  ]
  for (const [status, code, expected] of blamed) {
    test(`of ${status} ${code} is ${expected}`, async () => {
      answer = fail(status, code)
      await rejects(read(), expected)
    })
  }

  for (const code of ['SlowDown', 'InternalError']) {
    test(`of ${code} once is tried again`, async () => {
      requests = 0
      answer = (request, response) => (requests === 1 ? fail(503, code) : ok)(request, response)
      // The client pauses up to half a second where it is throttled.
      assert.equal((await read(5000)).bytes.toString(), 'bytes')
      assert.equal(requests, 2)
    })
  }

  test('that asks for a longer pause than there is time is unavailable at the deadline', async () => {
    answer = (_request, response) => {
      response.writeHead(503, { 'content-type': 'application/xml', 'retry-after': '30' })
      response.end('<Error><Code>SlowDown</Code></Error>')
    }
    await rejects(read(), 'unavailable')
  })

  test('that breaks off in the middle is unavailable', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000', etag: '"one"' })
      response.write('half', () => response.destroy())
    }
    await rejects(read(), 'unavailable')
  })

  test('that never comes is unavailable at the deadline', async () => {
    answer = () => {}
    await rejects(read(), 'unavailable')
  })

  test('that stops in the middle is unavailable at the deadline', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000', etag: '"one"' })
      response.write('half')
    }
    await rejects(read(), 'unavailable')
  })

  test('that is over the limit is refused by its header, and its connection closed', async () => {
    const closed = new Promise<void>((resolve) => {
      answer = (_request, response) => {
        response.writeHead(200, { 'content-length': '100001', etag: '"one"' })
        response.write('first bytes')
        response.on('close', resolve)
      }
    })
    await rejects(read(), 'over-limit')
    await inTime(closed)
  })

  test('to nobody, as where nothing listens, is unavailable', async () => {
    const nobody = createServer()
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve))
    const { port } = nobody.address() as AddressInfo
    await new Promise((resolve) => nobody.close(resolve))
    const originals = createS3Originals({ ...settings, s3Endpoint: `http://127.0.0.1:${port}` })
    await rejects(originals.read('x.jpg', AbortSignal.timeout(deadlineMs)), 'unavailable')
  })
})

function read(withinMs = deadlineMs) {
  return createOriginals().read('x.jpg', AbortSignal.timeout(withinMs))
}

async function rejects(work: Promise<unknown>, code: OriginErrorCode): Promise<void> {
  await assert.rejects(inTime(work), (error: unknown) => {
    assert.ok(error instanceof TransformError, String(error))
    assert.equal(error.problem.code, code)
    return true
  })
}

/** `work`, which must not hang. */
function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${hangingMs} ms`)), hangingMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
