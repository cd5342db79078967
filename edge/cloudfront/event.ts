import type { IncomingHttpHeaders } from 'node:http'
import { groupPairs, type Pairs, readCookies } from './pairs.ts'

interface EventValue {
  value: string
  multiValue?: { value: string }[]
}

/** A viewer's request, as it came over the wire. */
export interface ViewerHttpRequest {
  method: string
  /** Path, percent-encoded as sent. */
  path: string
  /** Query string without `?`, as sent; undefined where the URL has no `?`. */
  query: string | undefined
  headers: IncomingHttpHeaders
  /** The same as they came, which tells whether they are those of an earlier request. */
  rawHeaders?: readonly string[]
  ip: string
}

/**
 * The event of a viewer-request function, in JSON, but for what {@link formatEventHeaders} gives.
 * Source: CloudFront developer guide, "CloudFront Functions event structure".
 */
export function formatEvent(request: Pick<ViewerHttpRequest, 'method' | 'path' | 'query' | 'ip'>): string {
  // Becomes the method request.rawQueryString() within the function's context.
  const rawQuery = request.query === undefined ? '' : `"rawQueryString":${JSON.stringify(request.query)},`
  const querystring = JSON.stringify(toEventValues(groupPairs((request.query ?? '').split('&'))))
  const viewer = `${contextJson},"viewer":{"ip":${JSON.stringify(request.ip)}}`
  const target = `"method":"${request.method}","uri":${JSON.stringify(request.path)},"querystring":${querystring}`
  return `{${rawQuery}${viewer},"request":{${target}}}`
}

const contextJson =
  '"version":"1.0","context":{"eventType":"viewer-request","distributionDomainName":"localhost","requestId":"local"}'

/**
 * The members `headers` and `cookies` of an event's request, in JSON.
 *
 * @param added headers that CloudFront itself adds by the origin request policy.
 * @param pairs the cookies, where they have been read already.
 */
export function formatEventHeaders(
  sent: IncomingHttpHeaders,
  added: Readonly<Record<string, string>>,
  pairs: Pairs = readCookies(sent.cookie),
): string {
  const headers: Record<string, EventValue> = Object.create(null)
  for (const [name, value] of Object.entries({ ...sent, ...added })) {
    if (value !== undefined && name !== 'cookie') headers[name] = toEventValue([value].flat())
  }
  return JSON.stringify({ headers, cookies: toEventValues(pairs) })
}

function toEventValues(pairs: Pairs): Record<string, EventValue> {
  const values: Record<string, EventValue> = Object.create(null)
  for (const name of Object.keys(pairs)) values[name] = toEventValue(pairs[name] ?? [])
  return values
}

/** With several values, `value` is the first and `multiValue` holds all, as in the example of the guide's page. */
function toEventValue(values: readonly string[]): EventValue {
  const [value = ''] = values
  return values.length > 1 ? { value, multiValue: values.map((each) => ({ value: each })) } : { value }
}
