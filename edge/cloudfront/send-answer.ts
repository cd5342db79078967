import type { IncomingMessage, ServerResponse } from 'node:http'
import { readByteRange } from '../byte-range.ts'
import type { EdgeAnswer } from './cached-origin.ts'
import { matchesEtag } from './conditional.ts'

/** What answers of 200 were shorter than the originals behind them, since the start. Where they were longer, it sinks. */
export interface Savings {
  bytes: number
}

/** Sends what the distribution decided, as far as the viewer's own conditions ask for it: 304, 206, 416, or no body. */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: EdgeAnswer,
  savings: Savings,
): void {
  const { status, body } = answer
  if (request.method === 'HEAD') {
    // One that went to the origin brought no body to count.
    response.writeHead(status, body.length > 0 ? complete(answer).headers : shownHeaders(answer))
    response.end()
    return
  }
  if (status === 200 && isConditional(request.rawHeaders)) {
    sendConditionally(request, response, answer, savings)
    return
  }
  sendWhole(response, answer, savings)
}

function sendWhole(response: ServerResponse, answer: EdgeAnswer, savings: Savings): void {
  const { headers, savedBytes } = complete(answer)
  savings.bytes += savedBytes
  response.writeHead(answer.status, headers)
  response.end(answer.body)
}

/** Whether a look at the headers' values is worth it: Node parses them for who asks, which costs more than this. */
function isConditional(rawHeaders: readonly string[]): boolean {
  return rawHeaders.some((name) => (name.length === 5 || name.length === 13) && conditional.test(name))
}

/** Names of 5 and of 13 letters. */
const conditional = /^(?:range|if-none-match)$/i

function sendConditionally(
  request: IncomingMessage,
  response: ServerResponse,
  answer: EdgeAnswer,
  savings: Savings,
): void {
  const { 'if-none-match': ifNoneMatch, range } = request.headers
  const { body, age } = answer
  const headers = shownHeaders(answer)
  if (ifNoneMatch !== undefined && matchesEtag(ifNoneMatch, readHeader(headers, 'etag'))) {
    response.writeHead(304, headers)
    response.end()
    return
  }
  // Only what is stored can be cut: on a miss the origin's answer passes through whole.
  if (age !== undefined && range !== undefined && rangeApplies(request, headers)) {
    sendRange(range, response, headers, body)
    return
  }
  sendWhole(response, answer, savings)
}

/** The answer's headers and the edge's own, flat. */
function shownHeaders({ headers, xCache, age }: EdgeAnswer): string[] {
  const own = ['x-cache', xCache, 'via', '1.1 localhost (fovea edge)']
  return age === undefined ? [...headers, ...own] : [...headers, ...own, 'age', String(age)]
}

/** What is worked out once an answer, however often it is sent. */
interface Completed {
  /** {@link shownHeaders} with the length of the body. */
  headers: string[]
  /** Bytes of the original less those of the body; 0 where it is not known, and of errors. */
  savedBytes: number
}

const completed = new WeakMap<EdgeAnswer, Completed>()

function complete(answer: EdgeAnswer): Completed {
  const known = completed.get(answer)
  if (known) return known
  const { status, headers: stored, body } = answer
  const headers = [...shownHeaders(answer), 'content-length', String(body.length)]
  const [, originalBytes] = /\boriginal-bytes=(\d+)/.exec(readHeader(stored, 'x-fovea-variant')) ?? []
  const savedBytes = status === 200 && originalBytes ? Number(originalBytes) - body.length : 0
  const made = { headers, savedBytes }
  completed.set(answer, made)
  return made
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
