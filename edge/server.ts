import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Distribution } from './cloudfront/distribution.ts'
import type { ViewerHttpRequest } from './cloudfront/event.ts'
import { type Savings, sendAnswer } from './cloudfront/send-answer.ts'
import type { Stats } from './stats.ts'

/** The path under which the local edge answers for itself. No original is reachable there. */
export const ownPath = '/_fovea/'

/** As people type it. */
const typedOwnPath = '/_fovea'

/** Answers what is asked of the local edge itself, but for its counts: `path` is what stands behind {@link ownPath}, with its query. */
export type AnswerForItself = (path: string, request: IncomingMessage, response: ServerResponse) => void

/** What a server does besides serving the distribution. */
export interface ServerOptions {
  /** Default: 404 to all but the counts. */
  answerForItself?: AnswerForItself
  /** Is told what each answer saved. Default: nobody is. */
  savings?: Savings
}

/** Bytes of headers that reach the distribution, which refuses what CloudFront would: more than CloudFront takes. */
const maxHeaderBytes = 64 * 1024

/**
 * The HTTP server in front of `distribution`. TLS is taken as ended before it: on one machine there is none.
 *
 * @param current what serves now; `--watch` replaces it.
 */
export function createEdgeServer(
  current: () => Distribution,
  stats: Stats,
  { answerForItself = answerNotFound, savings = { bytes: 0 } }: ServerOptions = {},
): Server {
  return createServer({ maxHeaderSize: maxHeaderBytes }, (request, response) => {
    const url = request.url ?? '/'
    try {
      if (url.startsWith(ownPath)) {
        const path = url.slice(ownPath.length)
        return path === 'stats' ? answerStats(response, stats) : answerForItself(path, request, response)
      }
      if (url === typedOwnPath) return redirectToOwnPath(response)
      const answer = current().answer(new SentRequest(request, url))
      if (answer instanceof Promise) {
        answer
          .then((each) => sendTogether(() => sendAnswer(request, response, each, savings)))
          .catch((error: unknown) => fail(response, error))
      } else sendTogether(() => sendAnswer(request, response, answer, savings))
    } catch (error) {
      fail(response, error)
    }
  })
}

/**
 * A request as the distribution takes it. A class for the sake of its getter: Node parses headers on the first look, which
 * a hit with known headers never takes, and on an object literal a getter costs as much as the parsing.
 */
class SentRequest implements ViewerHttpRequest {
  readonly method: string
  readonly path: string
  readonly query: string | undefined
  readonly rawHeaders: readonly string[]
  readonly ip: string
  readonly incoming: IncomingMessage

  constructor(incoming: IncomingMessage, url: string) {
    const query = url.indexOf('?')
    this.method = incoming.method ?? 'GET'
    this.path = query < 0 ? url : url.slice(0, query)
    this.query = query < 0 ? undefined : url.slice(query + 1)
    this.rawHeaders = incoming.rawHeaders
    this.ip = incoming.socket.remoteAddress ?? ''
    this.incoming = incoming
  }

  get headers() {
    return this.incoming.headers
  }
}

function fail(response: ServerResponse, error: unknown): void {
  process.stderr.write(`edge: ${error instanceof Error ? error.stack : String(error)}\n`)
  if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
  response.end('the local edge failed, see its terminal\n')
}

const waiting: (() => void)[] = []

/**
 * Sends after all requests of this turn of the event loop have been decided. A viewer's process that sleeps is woken by
 * what is written to it, at a price for the writer: together it is paid once, not for each answer.
 */
function sendTogether(send: () => void): void {
  if (waiting.push(send) === 1) {
    setImmediate(() => {
      for (const each of waiting.splice(0)) each()
    })
  }
}

const answerNotFound: AnswerForItself = (_path, _request, response) => {
  response.writeHead(404, { 'content-type': 'text/plain' })
  response.end('expected /_fovea/stats\n')
}

function redirectToOwnPath(response: ServerResponse): void {
  response.writeHead(307, { location: ownPath, 'cache-control': 'no-store' })
  response.end()
}

function answerStats(response: ServerResponse, stats: Stats): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(`${JSON.stringify(stats, null, 2)}\n`)
}
