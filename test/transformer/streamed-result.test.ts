import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { suite, test } from 'node:test'
import type { TransformerEvent } from '../../transformer/event.ts'
import { createResponder } from '../../transformer/handler.ts'
import { type AwsLambda, createStreamingHandler } from '../../transformer/streamed-result.ts'
import { makeNoise } from '../images/photograph.ts'
import { createTransformer, makeEvent, settings, urlOf } from './run.ts'

const bytes = await makeNoise(1400, 1200).jpeg().toBuffer()
const original = { bytes, etag: '"one"' }
const respond = createResponder({
  settings: { ...settings, invokeMode: 'stream' },
  originals: { read: async () => original, describe: async () => original },
})

/** What came out of the stream: bytes, and status and headers where there is HTTP. */
async function stream(event: TransformerEvent) {
  const chunks: Buffer[] = []
  let prelude: { statusCode: number; headers: Record<string, string> } | undefined
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  const lambda: AwsLambda = {
    streamifyResponse: (handler) => handler,
    HttpResponseStream: {
      from: (stream, given) => {
        prelude = given
        return stream
      },
    },
  }
  await createStreamingHandler(respond, lambda)(event, sink, { getRemainingTimeInMillis: () => 10_000 })
  return { prelude, body: Buffer.concat(chunks), writes: chunks.length }
}

suite('a streamed answer', () => {
  test('is that of the buffered one, bytes and headers', async () => {
    const url = urlOf('x', { width: 100, format: 'webp' })
    const buffered = await createTransformer({ x: bytes }).get('x', { width: 100, format: 'webp' })
    const { prelude, body } = await stream(makeEvent(url))
    assert.deepEqual(body, buffered.body)
    assert.equal(prelude?.statusCode, 200)
    for (const name of ['content-type', 'etag', 'cache-control', 'x-fovea-key', 'x-fovea-variant']) {
      assert.equal(prelude?.headers[name], buffered.headers[name], name)
    }
  })

  test('may be larger than a buffered one', async () => {
    const { prelude, body } = await stream(makeEvent(urlOf('x', { format: 'png' })))
    assert.equal(prelude?.statusCode, 200)
    assert.ok(body.length > 4_690_000)
  })

  for (const method of ['HEAD', 'POST'] as const) {
    test(`to ${method} sends its status and headers`, async () => {
      const { prelude, body, writes } = await stream(
        makeEvent(urlOf('x', { width: 9, format: 'png' }), method),
      )
      assert.equal(prelude?.statusCode, method === 'HEAD' ? 200 : 405)
      // Lambda sends them with the first write: without one they are lost.
      assert.equal(writes, 1)
      assert.equal(body.length === 0, method === 'HEAD')
    })
  }

  test('to a direct invocation is the JSON of the buffered one', async () => {
    const { prelude, body } = await stream({ queryStringParameters: { key: 'x', width: '9', format: 'png' } })
    assert.equal(prelude, undefined)
    const result = JSON.parse(body.toString())
    assert.deepEqual([result.statusCode, result.isBase64Encoded], [200, true])
  })

  test('to an event of nothing is a refusal in JSON, not an exception', async () => {
    const { prelude, body } = await stream(null as unknown as TransformerEvent)
    assert.equal(prelude, undefined)
    assert.equal(JSON.parse(body.toString()).statusCode, 400)
  })
})
