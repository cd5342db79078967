import type { EventValue } from '../../viewer-fn/event.ts'
import { splitUrl } from '../grammar/url-outcome.ts'

/** An event as CloudFront makes it of a request. */
export interface SentEvent {
  version: string
  context: Record<string, string>
  viewer: { ip: string }
  /** What `request.rawQueryString()` gives: JSON has no methods. */
  rawQueryString?: string
  request: {
    method: string
    uri: string
    querystring: Record<string, EventValue>
    headers: Record<string, EventValue>
    cookies: Record<string, EventValue>
  }
}

type Pairs = readonly (readonly [name: string, value: string])[]

/** The event of a GET for `uri`; a name that comes more than once becomes one with several values. */
export function makeEvent(uri: string, query: Pairs = [], headers: Pairs = []): SentEvent {
  return {
    version: '1.0',
    context: {
      distributionDomainName: 'd111111abcdef8.cloudfront.net',
      distributionId: 'EDFDVBD6EXAMPLE',
      eventType: 'viewer-request',
      requestId: 'EXAMPLEntjQpEXAMPLE_SG5Z-EXAMPLEPmPfEXAMPLEu3EqEXAMPLE==',
    },
    viewer: { ip: '198.51.100.11' },
    rawQueryString: query.length > 0 ? query.map(([name, value]) => `${name}=${value}`).join('&') : undefined,
    request: {
      method: 'GET',
      uri,
      querystring: groupValues(query),
      headers: groupValues(headers.map(([name, value]) => [name.toLowerCase(), value])),
      cookies: {},
    },
  }
}

/** The event of a GET for `url`, which is split as CloudFront splits it. */
export function makeEventOf(url: string, headers: Pairs = []): SentEvent {
  const [uri, query] = splitUrl(url)
  const event = makeEvent(uri, splitPairs(query), headers)
  // As sent: an object keeps neither the order of its names nor pieces without a name.
  return { ...event, rawQueryString: url.includes('?') ? query : undefined }
}

function splitPairs(query: string): Pairs {
  return query
    .split('&')
    .filter((piece) => piece)
    .map((piece) => {
      const [name = '', ...rest] = piece.split('=')
      return [name, rest.join('=')] as const
    })
}

function groupValues(pairs: Pairs): Record<string, EventValue> {
  const groups = new Map<string, string[]>()
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value])
  return Object.fromEntries(
    [...groups].map(([name, values]) => {
      // With several values, `value` is the first, as in the example of CloudFront's guide.
      const value = values[0] as string
      return [
        name,
        values.length > 1 ? { value, multiValue: values.map((each) => ({ value: each })) } : { value },
      ]
    }),
  )
}
