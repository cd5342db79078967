/** The parts of a Function URL event (payload 2.0) that are read. Source: AWS Lambda developer guide. */
export interface FunctionUrlEvent {
  /** Percent-encoded as sent. */
  rawPath: string
  rawQueryString: string
  headers?: Record<string, string | undefined>
  requestContext: { http: { method: string } }
}

/** A test invocation: a request in the words of the URL language, with values decoded. */
export interface DirectEvent {
  queryStringParameters?: Record<string, string | undefined> | null
  headers?: Record<string, string | undefined> | null
}

/** What Lambda is called with, whichever way. */
export type TransformerEvent = FunctionUrlEvent | DirectEvent

/** An invocation, read. */
export interface Invocation {
  /** Whether the URL must be canonical: whatever comes through CloudFront is. */
  canonical: boolean
  method: string
  path: string
  /** Percent-encoded, as sent. */
  query: string
  /** A header's value by lower-case name, '' where it was not sent. */
  header: (name: string) => string
}

/** What `event` asks. Whatever it is: anyone who may invoke the function may send it anything. */
export function readEvent(event: unknown): Invocation {
  const fields: Record<string, unknown> = toRecord(event)
  const headers = new Map(
    Object.entries(toRecord(fields.headers)).map(([name, value]) => [
      name.toLowerCase(),
      String(value ?? ''),
    ]),
  )
  const header = (name: string) => headers.get(name) ?? ''
  if (fields.requestContext) {
    const http = toRecord(toRecord(fields.requestContext).http)
    return {
      canonical: true,
      method: String(http.method ?? 'GET'),
      path: String(fields.rawPath ?? '/'),
      query: String(fields.rawQueryString ?? ''),
      header,
    }
  }
  const pairs = Object.entries(toRecord(fields.queryStringParameters)).map(
    ([name, value]) => `${encode(name)}=${encode(String(value ?? ''))}`,
  )
  return { canonical: false, method: 'GET', path: '/', query: pairs.join('&'), header }
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** By way of UTF-8, which has no lone surrogates: those would make the encoder throw. */
function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString())
}
