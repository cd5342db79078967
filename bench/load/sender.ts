import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Reply } from './answer-class.ts'
import type { Target } from './target.ts'
import type { WireRequest } from './wire-request.ts'

/** Sends requests over connections that it keeps. */
export interface Sender {
  /** Never fails: what goes wrong is in the reply. */
  send(request: WireRequest): Promise<Reply>
  close(): void
}

/** Milliseconds until a request is given up: more than CloudFront's own 30 s for an origin. */
const timeoutMs = 40_000

/** A sender of at most `connections` requests at a time; the others wait, and their waiting is theirs. */
export function createSender(target: Target, connections: number): Sender {
  const secure = target.url.protocol === 'https:'
  const options = {
    keepAlive: true,
    maxSockets: connections,
    ...(target.addresses && { lookup: answerAlways(target.addresses) }),
  }
  const agent = secure ? new HttpsAgent(options) : new HttpAgent(options)
  const { hostname, port } = target.url
  // Node wants IPv6 addresses without the brackets that URLs have.
  const host = hostname.replace(/^\[|\]$/g, '')
  const request = secure ? requestHttps : requestHttp

  function sendOnce({ target: path, headers }: WireRequest): Promise<Reply & { retry?: boolean }> {
    return new Promise((resolve) => {
      const outgoing = request({ agent, host, port, path, headers, timeout: timeoutMs }, (incoming) =>
        readReply(incoming, resolve),
      )
      outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')))
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        resolve({ ...nothing, failure: error.code ?? error.message, retry: outgoing.reusedSocket }),
      )
      outgoing.end()
    })
  }

  return {
    async send(wire) {
      const reply = await sendOnce(wire)
      // The server may close a kept connection just as it is used again: browsers ask anew then, and so does this, once.
      return reply.retry && reply.failure === 'ECONNRESET' ? sendOnce(wire) : reply
    },
    close: () => agent.destroy(),
  }
}

const nothing = { status: 0, xCache: '', ageSeconds: 0, bytes: 0 }

function readReply(incoming: IncomingMessage, resolve: (reply: Reply) => void): void {
  const { statusCode: status = 0, headers } = incoming
  let bytes = 0
  let text: string | undefined
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (status === 429) text = (text ?? '') + chunk.toString()
  })
  incoming.on('error', (error: NodeJS.ErrnoException) =>
    resolve({ ...nothing, failure: error.code ?? error.message }),
  )
  incoming.on('end', () =>
    resolve({
      status,
      xCache: String(headers['x-cache'] ?? ''),
      ageSeconds: Number(headers.age ?? 0),
      bytes,
      text,
    }),
  )
}

/** A look-up that gives the addresses that were checked, so that no second answer of the name server leads elsewhere. */
function answerAlways(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  return (_host, { all }, callback) =>
    all ? callback(null, found) : callback(null, found[0]?.address ?? '', found[0]?.family)
}
