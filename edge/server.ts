import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { EdgeAnswer } from './cloudfront/cached-origin.ts'
import { matchesEtag } from './cloudfront/conditional.ts'
import type { Distribution } from './cloudfront/distribution.ts'
import type { Stats } from './stats.ts'

/** The path under which the local edge answers for itself. No original is reachable there. */
const ownPath = '/_fovea/'

/**
 * The HTTP server in front of `distribution`. TLS is taken as ended before it: on one machine there is none.
 *
 * @param current what serves now; `--watch` replaces it.
 */
export function createEdgeServer(current: () => Distribution, stats: Stats): Server {
  return createServer((request, response) => {
    const url = request.url ?? '/'
    if (url.startsWith(ownPath)) return answerForItself(url.slice(ownPath.length), response, stats)
    const query = url.indexOf('?')
    try {
      const answer = current().answer({
        method: request.method ?? 'GET',
        path: query < 0 ? url : url.slice(0, query),
        query: query < 0 ? '' : url.slice(query + 1),
        headers: request.headers,
        ip: request.socket.remoteAddress ?? '',
      })
      if (answer instanceof Promise) answer.then((each) => send(request, response, each)).catch(fail)
      else send(request, response, answer)
    } catch (error) {
      fail(error)
    }

    function fail(error: unknown): void {
      process.stderr.write(`edge: ${error instanceof Error ? error.stack : String(error)}\n`)
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end('the local edge failed, see its terminal\n')
    }
  })
}

function send(request: IncomingMessage, response: ServerResponse, answer: EdgeAnswer): void {
  const { status, headers, body, xCache, age } = answer
  const own = ['x-cache', xCache, 'via', '1.1 localhost (fovea edge)']
  if (age !== undefined) own.push('age', String(age))
  if (status === 200 && isUnchanged(request, headers)) {
    response.writeHead(304, [...headers, ...own])
    response.end()
    return
  }
  const empty = request.method === 'HEAD'
  // A HEAD that went to the origin brought the length that GET would have, but no body.
  const length = empty && body.length === 0 ? undefined : String(body.length)
  response.writeHead(
    status,
    length === undefined ? [...headers, ...own] : [...headers, ...own, 'content-length', length],
  )
  response.end(empty ? undefined : body)
}

function isUnchanged(request: IncomingMessage, headers: readonly string[]): boolean {
  const ifNoneMatch = request.headers['if-none-match']
  if (ifNoneMatch === undefined) return false
  const etag = headers[headers.indexOf('etag') + 1]
  return headers.includes('etag') && etag !== undefined && matchesEtag(ifNoneMatch, etag)
}

function answerForItself(path: string, response: ServerResponse, stats: Stats): void {
  if (path !== 'stats') {
    response.writeHead(404, { 'content-type': 'text/plain' })
    response.end('expected /_fovea/stats\n')
    return
  }
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(`${JSON.stringify(stats, null, 2)}\n`)
}
