import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Credentials, verifySignature } from '../signature-v4.ts'
import type { Lambda } from './lambda.ts'
import { formatPayload } from './payload.ts'
import { parseStream } from './stream-parser.ts'

/** A Function URL with AuthType AWS_IAM, on a port of this machine. */
export interface FunctionUrl {
  port: number
  close(): void
}

/**
 * Milliseconds that an idle connection is kept: longer than its client keeps it. Node's own 5 s end it just as a busy edge sends the
 * next request, which is then answered by a reset, and its viewer with 502.
 */
const keepAliveTimeout = 600_000

/**
 * Serves `lambda` as AWS serves a Function URL: a signature first, then payload 2.0.
 *
 * @param streams whether the mode is RESPONSE_STREAM instead of BUFFERED.
 * @param credentials of the only caller: Origin Access Control. Anyone else is answered 403.
 */
export async function serveFunctionUrl(
  lambda: Lambda,
  streams: boolean,
  credentials: Credentials,
  now: () => number,
): Promise<FunctionUrl> {
  const server = createServer({ keepAliveTimeout }, (request, response) => {
    answer(request, response, lambda, streams, credentials, now).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined)
    })
  })
  await listen(server)
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve())
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  lambda: Lambda,
  streams: boolean,
  credentials: Credentials,
  now: () => number,
): Promise<void> {
  const { method = 'GET', url = '/', headers } = request
  const verdict = await verifySignature({ method, url, headers }, { credentials, service: 'lambda', now })
  if (!verdict.ok)
    return send(response, 403, { 'x-amzn-errortype': 'AccessDeniedException' }, '{"Message":"Forbidden"}')
  const outcome = await lambda.invoke(formatPayload(request), streams ? passOn(response) : undefined)
  if (response.headersSent) {
    // After the first byte no status can tell of a failure: the connection breaks off.
    if (outcome.kind === 'answered') response.end()
    else response.destroy()
    return
  }
  switch (outcome.kind) {
    case 'answered':
      return sendResult(response, outcome.result)
    case 'throttled':
      // The body AWS sends, and no Retry-After. Source: reports; see AWS's "Lambda quotas" for the status.
      return send(
        response,
        429,
        { 'x-amzn-errortype': 'TooManyRequestsException' },
        '{"Reason":"ConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}',
      )
    case 'timed-out':
      return send(response, 504, {}, 'Gateway Timeout')
    case 'failed':
      process.stderr.write(`transformer: ${outcome.reason}\n`)
      return send(response, 502, {}, 'Internal Server Error')
  }
}

/** Headers that AWS renames in streaming mode, where it sends chunks of its own. Source: reports. */
const remapped = /^(?:connection|content-length|date|server|transfer-encoding)$/i

/** Writes a handler's stream to `response` as it comes: no Content-Length, the body in chunks. */
function passOn(response: ServerResponse): (chunk: Buffer) => void {
  return parseStream(
    ({ statusCode, headers }) => {
      const renamed = Object.entries(headers).map(([name, value]) => [
        remapped.test(name) ? `x-amzn-remapped-${name.toLowerCase()}` : name,
        value,
      ])
      response.writeHead(statusCode, Object.fromEntries(renamed))
      response.flushHeaders()
    },
    (chunk) => response.write(chunk),
  )
}

interface RawResult {
  statusCode?: unknown
  headers?: Record<string, string | number>
  body?: unknown
  isBase64Encoded?: unknown
}

function sendResult(response: ServerResponse, result: unknown): void {
  const { statusCode, headers = {}, body = '', isBase64Encoded } = (result ?? {}) as RawResult
  if (typeof statusCode !== 'number' || typeof body !== 'string') {
    send(response, 502, {}, 'Internal Server Error')
    return
  }
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  try {
    const bytes = isBase64Encoded === true ? Buffer.from(body, 'base64') : body
    send(response, statusCode, Object.fromEntries(named), bytes)
  } catch {
    // A status or header that HTTP does not have: nothing was sent yet.
    send(response, 502, {}, 'Internal Server Error')
  }
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string | number>,
  body: string | Buffer,
): void {
  // As the handler gave it for HEAD, where there is no body to count.
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers })
  response.end(body)
}
