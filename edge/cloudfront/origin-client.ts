import { Agent, request as httpRequest } from 'node:http'
import { type Credentials, signRequest } from '../signature-v4.ts'
import type { Origin } from '../template/deployment.ts'

/** What an origin answered, or what CloudFront says in its place where it did not. */
export interface OriginAnswer {
  status: number
  headers: Record<string, string>
  body: Buffer
  /** Whether the origin could not be reached or read: CloudFront's own 502 or 504. */
  failed: boolean
  /** How it failed, as far as an origin group tells it apart. */
  failure?: 'connection' | 'time'
}

export interface OriginRequest {
  method: string
  /** Path and query, encoded as they go over the wire. */
  url: string
  headers: Readonly<Record<string, string>>
}

/** Asks an origin, and its second where it is in a group and fails. Never rejects. */
export type FetchOrigin = (origin: Origin, request: OriginRequest) => Promise<OriginAnswer>

/**
 * A client that signs as Origin Access Control does (SigV4, service `lambda`) and keeps connections open.
 *
 * @param ports the local port of each Function URL, by the function's logical id; looked up anew for each request.
 * @param onFailover is told of each request that the second origin of a group is asked.
 */
export function createOriginClient(
  ports: ReadonlyMap<string, number>,
  credentials: Credentials,
  region: string,
  now: () => number,
  onFailover: () => void = () => {},
): FetchOrigin {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  // "CloudFront routes all incoming requests to the primary origin, even when a previous request failed over to the secondary
  // origin." (CloudFront developer guide, "Optimize high availability with CloudFront origin failover")
  return async (origin, request) => {
    const answer = await ask(origin, request)
    const { failover } = origin
    if (!failover || !failsOver(request.method, answer, failover.statuses)) return answer
    onFailover()
    // "CloudFront sends the same request to the secondary origin" (CloudFront developer guide, "Request and response behavior for
    // origin groups"); what that answers goes to the viewer, an error too.
    return ask(failover.origin, request)
  }

  async function ask(origin: Origin, request: OriginRequest): Promise<OriginAnswer> {
    const port = ports.get(origin.functionId)
    if (port === undefined) return failure(502, `no Function URL of ${origin.functionId}`)
    // Never the viewer's Host: the Function URL is addressed, and signed, by its own.
    const plain = { ...request, headers: { ...request.headers, host: `127.0.0.1:${port}` } }
    try {
      const signature = origin.signed
        ? await signRequest(plain, { credentials, service: 'lambda', region, signedAt: new Date(now()) })
        : {}
      const signed = { ...plain, headers: { ...plain.headers, ...signature } }
      return await send(agent, port, signed, origin)
    } catch (error) {
      // A URL that can be neither signed nor sent, such as a broken percent-encoding.
      return failure(502, String(error))
    }
  }
}

/** "only when the HTTP method of the viewer request is GET, HEAD, or OPTIONS" (the same page). */
const failoverMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether the second origin is asked. "The primary origin returns an HTTP status code that you've configured for failover",
 * "CloudFront fails to connect to the primary origin (when 503 is set as a failover code)", "The response from the primary origin
 * takes too long (times out) (when 504 is set as a failover code)" (the same page).
 * A connection that breaks off before the answer is whole is not on that list: it is taken for one that failed.
 */
function failsOver(method: string, { status, failure }: OriginAnswer, statuses: readonly number[]): boolean {
  if (!failoverMethods.has(method)) return false
  if (failure === 'connection') return statuses.includes(503)
  return statuses.includes(failure === 'time' ? 504 : status)
}

function send(
  agent: Agent,
  port: number,
  request: OriginRequest,
  { connectionTimeoutSeconds, readTimeoutSeconds }: Origin,
): Promise<OriginAnswer> {
  return new Promise((resolve) => {
    const outgoing = httpRequest({
      agent,
      host: '127.0.0.1',
      port,
      path: request.url,
      method: request.method,
      headers: request.headers,
      timeout: readTimeoutSeconds * 1000,
    })
    const giveUp = (answer: OriginAnswer) => {
      resolve(answer)
      outgoing.destroy()
    }
    outgoing.on('socket', (socket) => {
      if (!socket.connecting) return
      // "The number of seconds that CloudFront waits when trying to establish a connection" (API reference, Origin).
      const timer = setTimeout(
        () => giveUp(failure(504, 'the origin took no connection in time', 'connection')),
        connectionTimeoutSeconds * 1000,
      )
      socket.once('connect', () => clearTimeout(timer))
      socket.once('close', () => clearTimeout(timer))
    })
    outgoing.on('timeout', () => giveUp(failure(504, 'the origin did not answer in time', 'time')))
    outgoing.on('error', (error) => resolve(failure(502, error.message, 'connection')))
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', (error) => resolve(failure(502, error.message, 'connection')))
      incoming.on('end', () => {
        const headers = Object.fromEntries(
          Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
        )
        resolve({ status: incoming.statusCode ?? 502, headers, body: Buffer.concat(chunks), failed: false })
      })
    })
    outgoing.end()
  })
}

function failure(status: number, reason: string, kind?: OriginAnswer['failure']): OriginAnswer {
  return {
    status,
    headers: { 'content-type': 'text/plain' },
    body: Buffer.from(`The request could not be satisfied: ${reason}\n`),
    failed: true,
    failure: kind,
  }
}
