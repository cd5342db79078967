/** What the function decided: the request to go on with, or an answer of its own. */
export type Decision =
  | { kind: 'request'; uri: string; querystring: string }
  | { kind: 'response'; status: number; headers: Record<string, string>; body: string }
  | { kind: 'failure'; status: 502 | 503; reason: string }

function invalid(reason: string): Decision {
  return { kind: 'failure', status: 502, reason }
}

interface RawResult {
  uri?: unknown
  querystring?: unknown
  statusCode?: unknown
  headers?: Record<string, { value?: unknown }>
  body?: string | { data?: unknown }
}

/**
 * What a result means; 502 for one that CloudFront would not take.
 *
 * @param told JSON, or a request's uri and query with a line feed between, which neither can hold.
 */
export function readDecision(told: string): Decision {
  const end = told.startsWith('/') ? told.indexOf('\n') : -1
  return end < 0
    ? readResult(told)
    : readRequest({ uri: told.slice(0, end), querystring: told.slice(end + 1) })
}

function readResult(json: string): Decision {
  const result: RawResult | undefined = json ? JSON.parse(json) : undefined
  if (typeof result !== 'object' || result === null)
    return invalid(`expected a request or response, received ${json}`)
  try {
    return 'statusCode' in result ? readResponse(result) : readRequest(result)
  } catch (error) {
    return invalid(`expected headers and parameters as { value }, received ${json}: ${String(error)}`)
  }
}

function readRequest({ uri, querystring }: RawResult): Decision {
  if (typeof uri !== 'string' || !/^\/[!-~]*$/.test(uri))
    return invalid(`expected a uri, percent-encoded, received ${String(uri)}`)
  if (typeof querystring === 'string') {
    if (!/^[!-~]*$/.test(querystring))
      return invalid(`expected a query, percent-encoded, received ${querystring}`)
    return { kind: 'request', uri, querystring }
  }
  const pairs = Object.entries(
    (querystring ?? {}) as Record<string, { value: string; multiValue?: { value: string }[] }>,
  )
  const pieces = pairs.flatMap(([name, entry]) =>
    (entry.multiValue ?? [entry]).map(({ value }) => (value === '' ? name : `${name}=${value}`)),
  )
  return { kind: 'request', uri, querystring: pieces.join('&') }
}

/** Headers that a function may not write. Source: CloudFront developer guide, "Restrictions on edge functions". */
const forbiddenHeaders =
  /^(?:connection|content-length|expect|keep-alive|proxy-.*|trailer|transfer-encoding|upgrade|via|x-accel-.*|x-amz-cf-.*|x-amzn-.*|x-cache.*|x-edge-.*|x-forwarded-proto|x-real-ip)$/

function readResponse({ statusCode, headers = {}, body = '' }: RawResult): Decision {
  if (!Number.isInteger(statusCode) || Number(statusCode) < 100 || Number(statusCode) > 599)
    return invalid(`expected a status, received ${String(statusCode)}`)
  const values: Record<string, string> = {}
  for (const [name, { value }] of Object.entries(headers)) {
    if (
      !/^[a-z\d!#$%&'*+.^_`|~-]+$/.test(name) ||
      forbiddenHeaders.test(name) ||
      typeof value !== 'string' ||
      !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)
    ) {
      return invalid(`expected headers that a function may write, received ${name}`)
    }
    values[name] = value
  }
  const text = typeof body === 'string' ? body : String(body.data ?? '')
  return { kind: 'response', status: Number(statusCode), headers: values, body: text }
}
