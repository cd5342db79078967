import { type Agent, type IncomingHttpHeaders, Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'

/** Milliseconds without a byte after which there is no answer: more than a distribution waits for the Lambda. */
const idleTimeoutMs = 65_000

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface AskOptions {
  method?: string
  headers?: Readonly<Record<string, string>>
}

/** Asks as it is told: no header is added but `host`, no redirect followed, nothing uncompressed. */
export interface Client {
  /** @throws Error `expected an answer of HOST but received CODE`. */
  ask(url: string, options?: AskOptions): Promise<Answer>
  close(): void
}

/**
 * A client that keeps its connections: a name stands for many machines of CloudFront, each with a cache of its own, and
 * who connects anew may meet another.
 *
 * @param connections at most, to one host.
 */
export function openClient(connections = 1): Client {
  const agents = new Map<string, Agent>()
  const findAgent = (protocol: string): Agent => {
    const options = { keepAlive: true, maxSockets: connections }
    const agent =
      agents.get(protocol) ?? (protocol === 'https:' ? new TlsAgent(options) : new PlainAgent(options))
    agents.set(protocol, agent)
    return agent
  }
  return {
    ask: (url, options = {}) => {
      const { protocol, host } = new URL(url)
      return send(url, options, findAgent(protocol)).catch((error: unknown) => {
        const { code, message } = error as { code?: string; message?: string }
        throw new Error(`expected an answer of ${host} but received ${code ?? message}`)
      })
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy()
    },
  }
}

function send(url: string, { method = 'GET', headers = {} }: AskOptions, agent: Agent): Promise<Answer> {
  const request = url.startsWith('https:') ? tlsRequest : plainRequest
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent })
    outgoing.setTimeout(idleTimeoutMs, () => outgoing.destroy(new Error('nothing in time')))
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
      )
    })
    outgoing.end()
  })
}

/** Whether CloudFront answered from what it keeps. */
export function isHit({ headers }: Answer): boolean {
  return /\bhit from cloudfront/i.test(String(headers['x-cache'] ?? ''))
}
