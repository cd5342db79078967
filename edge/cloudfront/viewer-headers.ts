import { LRUCache } from 'lru-cache'
import type { Behaviour, Encoding } from '../template/deployment.ts'
import { normalizeAcceptEncoding } from './compression.ts'
import { deriveDeviceHeaders } from './device-headers.ts'
import { formatEventHeaders, type ViewerHttpRequest } from './event.ts'
import { type Pairs, readCookies } from './pairs.ts'

/** What follows from a request's headers alone. */
export interface ViewerHeaders {
  /** Their bytes on the wire. */
  bytes: number
  /** The device headers that CloudFront adds. */
  device: Readonly<Record<string, string>>
  /** Value of Host; '' where there is none. */
  host: string
  /** What the viewer unpacks, of what the behaviour's key knows. */
  encodings: readonly Encoding[]
  cookies: Pairs
  /** Headers and cookies as members of an event's request, in JSON. */
  headersJson: string
}

/** Sets of headers that are remembered: viewers on this machine are few, and send the same with each request. */
const maxRemembered = 1000

/** What a behaviour lets be known of them. */
type Known = Pick<Behaviour, 'originHeaders' | 'cachePolicy'>

/**
 * A reader of headers that remembers what it worked out, since reading them costs more than all the rest of a hit.
 */
export function createHeaderReader(behaviour: Known): (request: ViewerHttpRequest) => ViewerHeaders {
  const remembered = new LRUCache<string, ViewerHeaders>({ max: maxRemembered })
  return (request) => {
    const key = request.rawHeaders?.join('\n')
    const known = key === undefined ? undefined : remembered.get(key)
    if (known) return known
    const read = readHeaders(request, behaviour)
    if (key !== undefined) remembered.set(key, read)
    return read
  }
}

function readHeaders({ headers }: ViewerHttpRequest, { originHeaders, cachePolicy }: Known): ViewerHeaders {
  let bytes = 0
  for (const [name, value] of Object.entries(headers)) bytes += name.length + String(value).length + 4
  const device = deriveDeviceHeaders(headers['user-agent'] ?? '', originHeaders)
  const cookies = readCookies(headers.cookie)
  const headersJson = formatEventHeaders(headers, device, cookies)
  const encodings = normalizeAcceptEncoding(String(headers['accept-encoding'] ?? ''), cachePolicy.encodings)
  return { bytes, device, host: headers.host ?? '', encodings, cookies, headersJson }
}
