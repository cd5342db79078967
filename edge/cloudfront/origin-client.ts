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
}

export interface OriginRequest {
  method: string
  /** Path and query, encoded as they go over the wire. */
  url: string
  headers: Readonly<Record<string, string>>
}

/** Asks an origin. Never rejects. */
export type FetchOrigin = (origin: Origin, request: OriginRequest) => Promise<OriginAnswer>

/**
 * A client that signs as Origin Access Control does (SigV4, service `lambda`) and keeps connections open.
 *
 * @param ports the local port of each Function URL, by the function's logical id.
 */
export function createOriginClient(
  ports: ReadonlyMap<string, number>,
  credentials: Credentials,
  region: string,
  now: () => number,
): FetchOrigin {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  return async (origin, request) => {
    const port = ports.get(origin.functionId)
    if (port === undefined) return failure(502, `no Function URL of ${origin.functionId}`)
    // Never the viewer's Host: the Function URL is addressed, and signed, by its own.
    const plain = { ...request, headers: { ...request.headers, host: `127.0.0.1:${port}` } }
    try {
      const signature = origin.signed
        ? await signRequest(plain, { credentials, service: 'lambda', region, signedAt: new Date(now()) })
        : {}
      const signed = { ...plain, headers: { ...plain.headers, ...signature } }
      return await send(agent, port, signed, origin.readTimeoutSeconds)
    } catch (error) {
      // A URL that can be neither signed nor sent, such as a broken percent-encoding.
      return failure(502, String(error))
    }
  }
}

function send(
  agent: Agent,
  port: number,
  request: OriginRequest,
  timeoutSeconds: number,
): Promise<OriginAnswer> {
  return new Promise((resolve) => {
    const outgoing = httpRequest({
      agent,
      host: '127.0.0.1',
      port,
      path: request.url,
      method: request.method,
      headers: request.headers,
      timeout: timeoutSeconds * 1000,
    })
    outgoing.on('timeout', () => {
      resolve(failure(504, 'the origin did not answer in time'))
      outgoing.destroy()
    })
    outgoing.on('error', (error) => resolve(failure(502, error.message)))
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', (error) => resolve(failure(502, error.message)))
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

function failure(status: number, reason: string): OriginAnswer {
  return {
    status,
    headers: { 'content-type': 'text/plain' },
    body: Buffer.from(`The request could not be satisfied: ${reason}\n`),
    failed: true,
  }
}
