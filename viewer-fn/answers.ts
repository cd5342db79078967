import { answerHeaders } from '../grammar/answer-headers.ts'
import type { Decision } from '../grammar/decide.ts'
import type { HotlinkSettings } from '../grammar/hotlink.ts'
import { formatProblem, problemContentType } from '../grammar/problem.ts'
import type { Rejection } from '../grammar/rejection.ts'
import type { GeneratedResponse } from './event.ts'

/** The answer to what was thrown while a request was read: why it is refused, or that we failed. */
export const refuse = (thrown: unknown, settings: HotlinkSettings): GeneratedResponse => {
  const rejection: Rejection = (thrown as Partial<Rejection>).code
    ? (thrown as Rejection)
    : ({ status: 503, code: 'internal', received: `${thrown}` } as Rejection)
  return generate(
    rejection.status,
    problemContentType,
    {
      'x-fovea-error': rejection.code,
      location: rejection.status === 302 ? (settings.hotlinks as { placeholder: string }).placeholder : '',
    },
    formatProblem(rejection),
  )
}

/** What the function thinks of a request, for who holds the explain token. */
export const explain = (decision: Decision): GeneratedResponse => {
  return generate(200, 'application/json', {}, JSON.stringify(decision))
}

/** An answer that nobody keeps: it depends on who asks, and when. A header without a value is left out. */
const generate = (
  status: number,
  contentType: string,
  own: Record<string, string>,
  body: string,
): GeneratedResponse => {
  const headers: Record<string, { value: string }> = {}
  // Whether the response headers policy reaches a function's own answer is open, so all headers are set here.
  const all: Record<string, string> = Object.assign(own, answerHeaders, {
    'cache-control': 'no-store',
    'content-type': contentType,
  })
  Object.keys(all).forEach((name) => {
    if (all[name]) headers[name] = { value: all[name] }
  })
  return { statusCode: status, headers: headers, body: { encoding: 'text', data: body } }
}
