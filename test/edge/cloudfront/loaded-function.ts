import type { Decision } from '../../../edge/cloudfront/decision.ts'
import type { KeyValueStore } from '../../../edge/cloudfront/function-modules.ts'
import { loadViewerFunction } from '../../../edge/cloudfront/viewer-function.ts'

/** An event with as little in it as can be. */
export const anyEvent = { request: { uri: '/a', querystring: {}, headers: {} } }

/** What a viewer function of this code decides about `event`. */
export async function decide(
  code: string,
  event: object = anyEvent,
  store?: KeyValueStore,
): Promise<Decision> {
  return loadViewerFunction({ name: 'f', code }, store)(JSON.stringify(event))
}

/** A handler that answers 200 with what `expression` gives, as JSON. */
export function answering(expression: string): string {
  return `async function handler(event) {
    return { statusCode: 200, body: { encoding: 'text', data: JSON.stringify(${expression}) } }
  }`
}

/** The value that `expression` has inside the runtime. */
export async function evaluateInside(
  expression: string,
  prelude = '',
  store?: KeyValueStore,
): Promise<unknown> {
  const decision = await decide(`${prelude}\n${answering(expression)}`, undefined, store)
  if (decision.kind !== 'response')
    throw new Error(`expected an answer but received ${JSON.stringify(decision)}`)
  return decision.body === 'undefined' || decision.body === '' ? undefined : JSON.parse(decision.body)
}
