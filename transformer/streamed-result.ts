import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { bufferAnswer } from './buffered-result.ts'
import type { TransformerEvent } from './event.ts'
import type { InvocationContext, Responder } from './handler.ts'

/** What Lambda's Node runtime offers for streaming, as a global. Source: aws-lambda-nodejs-runtime-interface-client. */
export interface AwsLambda {
  streamifyResponse(handler: StreamingHandler): unknown
  HttpResponseStream: {
    from(stream: Writable, prelude: { statusCode: number; headers: Record<string, string> }): Writable
  }
}

export type StreamingHandler = (
  event: TransformerEvent,
  stream: Writable,
  context: InvocationContext,
) => Promise<void>

/** The Lambda handler of a Function URL in the mode RESPONSE_STREAM, for answers above 4.5 MB. */
export function createStreamingHandler(respond: Responder, lambda: AwsLambda): StreamingHandler {
  return async (event, stream, context) => {
    const { answer, method, overHttp } = await respond(event, context)
    if (!overHttp) {
      // It is given the JSON that a buffered function returns.
      stream.end(JSON.stringify(bufferAnswer(answer, method)))
      return finished(stream)
    }
    const body = lambda.HttpResponseStream.from(stream, {
      statusCode: answer.status,
      headers: answer.headers,
    })
    // Status and headers are sent with the first write, and with no other call: end(body) alone would lose them.
    body.write(method === 'HEAD' ? '' : answer.body)
    body.end()
    return finished(stream)
  }
}
