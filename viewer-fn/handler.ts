import { splitQuery } from '../grammar/query.ts'
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
    // Not `querystring`, an object: its order, which says whether a URL is canonical, differs from engine to engine.
    const url = formatVariant(
      readUrl(request.uri, splitQuery(request.rawQueryString() || ''), viewer, settings),
    )
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
