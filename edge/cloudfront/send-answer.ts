import type { IncomingMessage, ServerResponse } from 'node:http'
import { readByteRange } from '../byte-range.ts'
import type { EdgeAnswer } from './cached-origin.ts'
import { matchesEtag } from './conditional.ts'

/** Sends what the distribution decided, as far as the viewer's own conditions ask for it: 304, 206, 416, or no body. */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: EdgeAnswer): void {
  const { status, body, xCache, age } = answer
  const headers = [...answer.headers, 'x-cache', xCache, 'via', '1.1 localhost (fovea edge)']
  if (age !== undefined) headers.push('age', String(age))
  const { 'if-none-match': ifNoneMatch } = request.headers
  if (status === 200 && ifNoneMatch !== undefined && matchesEtag(ifNoneMatch, readHeader(headers, 'etag'))) {
    response.writeHead(304, headers)
    response.end()
    return
  }
  if (request.method === 'HEAD') {
    // One that went to the origin brought no body to count.
    response.writeHead(
      status,
      body.length > 0 ? [...headers, 'content-length', String(body.length)] : headers,
    )
    response.end()
    return
  }
  // Only what is stored can be cut: on a miss the origin's answer passes through whole.
  if (
    status === 200 &&
    age !== undefined &&
    request.headers.range !== undefined &&
    rangeApplies(request, headers)
  ) {
    sendRange(request.headers.range, response, headers, body)
    return
  }
  response.writeHead(status, [...headers, 'content-length', String(body.length)])
  response.end(body)
}

/** A range of another version than the viewer has is of no use to it. Source: RFC 9110, section 13.1.5. */
function rangeApplies(request: IncomingMessage, headers: readonly string[]): boolean {
  const { 'if-range': ifRange } = request.headers
  return ifRange === undefined || ifRange === readHeader(headers, 'etag')
}

function sendRange(range: string, response: ServerResponse, headers: string[], body: Buffer): void {
  const found = readByteRange(range, body.length)
  if (found === 'unsatisfiable') {
    response.writeHead(416, [...headers, 'content-range', `bytes */${body.length}`, 'content-length', '0'])
    response.end()
    return
  }
  const { start, length } = found === 'whole' ? { start: 0, length: body.length } : found
  const lengths = ['content-length', String(length)]
  if (found !== 'whole') lengths.push('content-range', `bytes ${start}-${start + length - 1}/${body.length}`)
  response.writeHead(found === 'whole' ? 200 : 206, [...headers, ...lengths])
  response.end(body.subarray(start, start + length))
}

/** The value of `name` in flat headers; '' where it is not there. */
function readHeader(headers: readonly string[], name: string): string {
  const index = headers.indexOf(name)
  return index < 0 ? '' : (headers[index + 1] ?? '')
}
