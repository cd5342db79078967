import type { Intent, TraceRequest } from '../trace/request.ts'

/** A request as it is sent. */
export interface WireRequest {
  /** Path and query. */
  target: string
  /** By lower-case name; without `host`, which is the target's. */
  headers: Readonly<Record<string, string>>
  intent: Intent
}

/** What the three kinds of viewers call themselves: the trace has CloudFront's verdict on it, which viewers do not send. */
const userAgents = {
  mobile:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  tablet:
    'Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Safari/604.1',
  desktop:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
} as const

/** A request of the trace as its viewer would send it. */
export function formatWireRequest({ path, query, headers, intent }: TraceRequest): WireRequest {
  const kind = (['mobile', 'tablet'] as const).find((each) => headers[`cloudfront-is-${each}-viewer`])
  const sent = Object.entries(headers).filter(
    ([name]) => name !== 'host' && !name.startsWith('cloudfront-is-'),
  )
  return {
    target: query === '' ? path : `${path}?${query}`,
    headers: { ...Object.fromEntries(sent), 'user-agent': userAgents[kind ?? 'desktop'] },
    intent,
  }
}

/** {@link formatWireRequest} of each, as they are taken. */
export function* formatWireRequests(trace: Iterable<TraceRequest>): Generator<WireRequest> {
  for (const request of trace) yield formatWireRequest(request)
}
