import type { QueryPair } from '../grammar/query.ts'
import { splitQuery } from '../grammar/query.ts'

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
  query: QueryPair[]
  /** A header's value by lower-case name, '' where it was not sent. */
  header: (name: string) => string
}

/** What `event` asks. */
export function readEvent(event: TransformerEvent): Invocation {
  const headers: Record<string, string | undefined> = Object.create(null)
  for (const [name, value] of Object.entries(event.headers ?? {})) headers[name.toLowerCase()] = value
  const header = (name: string) => headers[name] ?? ''
  if ('requestContext' in event && event.requestContext) {
    const { rawPath: path, rawQueryString } = event
    const method = event.requestContext.http.method
    return { canonical: true, method, path, query: splitQuery(rawQueryString), header }
  }
  const parameters = 'queryStringParameters' in event ? (event.queryStringParameters ?? {}) : {}
  const query = Object.entries(parameters).map(([name, value]) => ({
    name: encodeURIComponent(name),
    value: encodeURIComponent(String(value ?? '')),
  }))
  return { canonical: false, method: 'GET', path: '/', query, header }
}
