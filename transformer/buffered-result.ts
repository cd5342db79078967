import { problemContentType } from '../grammar/problem.ts'
import type { Answer } from './answer.ts'
import { TransformError } from './transform-error.ts'

/** What a Function URL, or who invokes directly, is given. Source: AWS Lambda developer guide, payload 2.0. */
export interface BufferedResult {
  statusCode: number
  headers: Record<string, string>
  body: string
  isBase64Encoded: boolean
}

/**
 * Bytes of image that fit a buffered answer: 6 MB as base64 in JSON, with room for the headers.
 * Source: AWS Lambda developer guide, "Lambda quotas", and base64's 4/3.
 */
const maxBufferedBytes = 4_690_000

/** @throws TransformError `answer-too-large` where `answer` is more than can be buffered. */
export function expectBufferable(answer: Answer): void {
  if (answer.body.length <= maxBufferedBytes) return
  throw new TransformError(
    'answer-too-large',
    `a variant of at most ${maxBufferedBytes} bytes, or the setting compute.invokeMode: 'stream'`,
    `${answer.body.length} bytes`,
  )
}

/** `answer` as a buffered result; without a body where HEAD asked. */
export function bufferAnswer(answer: Answer, method: string): BufferedResult {
  const { status: statusCode, headers, body } = answer
  if (statusCode === 304) return { statusCode, headers, body: '', isBase64Encoded: false }
  // The length that GET would have: CloudFront answers HEAD from a cached GET as well as from this.
  const sized = { ...headers, 'content-length': String(body.length) }
  if (method === 'HEAD') return { statusCode, headers: sized, body: '', isBase64Encoded: false }
  return headers['content-type'] === problemContentType
    ? { statusCode, headers: sized, body: body.toString(), isBase64Encoded: false }
    : { statusCode, headers: sized, body: body.toString('base64'), isBase64Encoded: true }
}
