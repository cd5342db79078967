import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Credentials, verifySignature } from '../signature-v4.ts'
import type { Lambda } from './lambda.ts'

/** A Function URL with AuthType AWS_IAM, on a port of this machine. */
export interface FunctionUrl {
  port: number
  close(): void
}

/**
 * Serves `lambda` as AWS serves a Function URL: a signature first, then payload 2.0, buffered.
 *
 * @param credentials of the only caller: Origin Access Control. Anyone else is answered 403.
 */
export async function serveFunctionUrl(
  lambda: Lambda,
  credentials: Credentials,
  now: () => number,
): Promise<FunctionUrl> {
  const server = createServer((request, response) => {
    answer(request, response, lambda, credentials, now).catch((error: unknown) => {
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
  credentials: Credentials,
  now: () => number,
): Promise<void> {
  const { method = 'GET', url = '/', headers } = request
  const verdict = await verifySignature({ method, url, headers }, { credentials, service: 'lambda', now })
  if (!verdict.ok)
    return send(response, 403, { 'x-amzn-errortype': 'AccessDeniedException' }, '{"Message":"Forbidden"}')
  const outcome = await lambda.invoke(formatPayload(request))
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

/** Source: AWS Lambda developer guide, "Function URL request payload". Path and query stay as they were sent. */
function formatPayload(request: IncomingMessage): object {
  const [rawPath = '/', rawQueryString = ''] = (request.url ?? '/').split(/\?(.*)/s)
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(',')]),
  )
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers,
    requestContext: {
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.socket.remoteAddress,
      },
    },
    isBase64Encoded: false,
  }
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
    return send(response, 502, {}, 'Internal Server Error')
  }
  send(response, statusCode, headers, isBase64Encoded === true ? Buffer.from(body, 'base64') : body)
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
