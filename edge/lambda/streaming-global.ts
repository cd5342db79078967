import { Writable } from 'node:stream'

/** A handler that `awslambda.streamifyResponse` has wrapped: it streams instead of returning. */
export interface StreamifiedHandler {
  stream(event: unknown, context: object): Promise<void>
}

type StreamingHandler = (event: unknown, stream: Writable, context: object) => Promise<void>

interface Prelude {
  statusCode: number
  headers?: Record<string, string>
}

/** Ends the prelude, which is JSON. Source: aws-lambda-nodejs-runtime-interface-client, HttpResponseStream. */
export const preludeEnd = Buffer.alloc(8)

/**
 * The global `awslambda` of Lambda's Node runtimes, as far as HTTP streaming needs it.
 *
 * @param send takes each chunk of the raw stream: the prelude, eight NUL bytes, the body.
 */
export function createStreamingGlobal(send: (chunk: Uint8Array) => void): object {
  return {
    streamifyResponse: (handler: StreamingHandler): StreamifiedHandler => ({
      stream: (event, context) => handler(event, openStream(send), context),
    }),
    HttpResponseStream: { from: addPrelude },
  }
}

function openStream(send: (chunk: Uint8Array) => void): Writable {
  return new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      send(chunk)
      done()
    },
  })
}

/** As in the runtime client, the prelude goes out before the first `write`, and not at all without one. */
function addPrelude(stream: Writable, prelude: Prelude): Writable {
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean
  stream.write = ((chunk: unknown, ...rest: unknown[]) => {
    stream.write = write as Writable['write']
    write(Buffer.from(JSON.stringify(prelude)))
    write(preludeEnd)
    return write(chunk, ...rest)
  }) as Writable['write']
  return stream
}
