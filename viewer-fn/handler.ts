import type { QueryPair } from '../grammar/query.ts'
import { readUrl } from '../grammar/read-url.ts'
import { formatVariant } from '../grammar/variant.ts'
import { readViewer } from '../grammar/viewer.ts'
import type { EventValue, GeneratedResponse, ViewerRequest, ViewerRequestEvent } from './event.ts'
import { refuse } from './refuse.ts'
import { settings } from './settings.ts'

/**
 * The viewer-request function: runs on every request, hit or miss, and rewrites it to the canonical URL of the
 * variant it means, which is the cache key; or answers why it will not.
 */
export function handler(event: ViewerRequestEvent): ViewerRequest | GeneratedResponse {
  // An exception that leaves the function is a bare 503 for the viewer, without a word of what happened.
  try {
    const request = event.request
    const viewer = readViewer((name) => joinValues(request.headers[name]))
    const url = formatVariant(readUrl(request.uri, listPairs(request.querystring), viewer, settings))
    request.uri = url.path
    request.querystring = url.query
    return request
  } catch (thrown) {
    return refuse(thrown)
  }
}

/** A header that came several times means what one with commas would (RFC 9110, section 5.3). */
const joinValues = (header: EventValue | undefined): string => {
  if (!header) return ''
  return header.multiValue ? header.multiValue.map((each) => each.value).join(',') : header.value
}

const listPairs = (query: ViewerRequest['querystring']): QueryPair[] => {
  const pairs: QueryPair[] = []
  Object.entries(query as Record<string, EventValue>).forEach((entry) => {
    const values = entry[1].multiValue || [entry[1]]
    values.forEach((each) => {
      pairs.push({ name: entry[0], value: each.value })
    })
  })
  return pairs
}
