import { answerHeaders } from '../grammar/answer-headers.ts'
import { edgeErrors } from '../grammar/edge-errors.ts'
import { formatErrorCacheControl, formatProblem, problemContentType } from '../grammar/problem.ts'
import type { Rejection } from '../grammar/rejection.ts'
import type { GeneratedResponse } from './event.ts'

/** The answer to what was thrown while a request was read: why it is refused, or that we failed. */
export const refuse = (thrown: unknown): GeneratedResponse => {
  const rejection: Rejection = (thrown as Partial<Rejection> | undefined)?.code
    ? (thrown as Rejection)
    : { code: 'internal', parameter: '', expected: 'an event', received: String(thrown) }
  const row = edgeErrors[rejection.code]
  // Whether the response headers policy reaches a function's own answer is open, so all headers are set here.
  const headers: Record<string, { value: string }> = {
    'cache-control': { value: formatErrorCacheControl(row) },
    'content-type': { value: problemContentType },
    'x-fovea-error': { value: rejection.code },
  }
  Object.entries<string>(answerHeaders).forEach((entry) => {
    headers[entry[0]] = { value: entry[1] }
  })
  return {
    statusCode: row.status,
    headers: headers,
    body: { encoding: 'text', data: formatProblem(row, rejection) },
  }
}
