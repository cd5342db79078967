import { createHash } from 'node:crypto'
import { Agent, type IncomingHttpHeaders, request } from 'node:http'

/** A request of a viewer, and what a healthy edge makes of it. */
export interface Target {
  /** Path and query. */
  url: string
  headers: Readonly<Record<string, string>>
  /** Key of the original. */
  key: string
  /** The URL of the same picture for the healthy edge, which has other keys. Default: `url`. */
  sameAs?: string
  /** Statuses that are right in place of what the healthy edge answers: it has another clock. */
  expected?: readonly number[]
}

/** What a viewer received. */
export interface Received {
  target: Target
  /** Which part of the load asked. */
  stream: string
  /** Epoch milliseconds. */
  sentAt: number
  endedAt: number
  /** Milliseconds to the head; undefined where none came. */
  firstByteMs?: number
  /** 0 where no answer came. */
  status: number
  headers: IncomingHttpHeaders
  bytes: number
  /** SHA-256 of the body, hexadecimal. */
  digest: string
  /** Why there is no whole answer. */
  broken?: 'no answer' | 'cut off' | 'shorter than it said'
}

/** Milliseconds that a viewer waits: longer than CloudFront waits for the origin, which must answer first. */
const patienceMs = 40_000

/** A client as browsers are: connections stay open, and a request that met one just closed is sent again. */
export interface Client {
  /** @param take is given the body. */
  send(url: string, target: Target, stream: string, take?: (body: Buffer) => void): Promise<Received>
  close(): void
}

export function createClient(): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  const send: Client['send'] = async (base, target, stream, take) => {
    const first = await exchange(agent, base, target, stream, take)
    return first === 'closed before' ? send(base, target, stream, take) : first
  }
  return { send, close: () => agent.destroy() }
}

function exchange(
  agent: Agent,
  base: string,
  target: Target,
  stream: string,
  take?: (body: Buffer) => void,
): Promise<Received | 'closed before'> {
  const sentAt = Date.now()
  const started = performance.now()
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let status = 0
    let headers: IncomingHttpHeaders = {}
    let firstByteMs: number | undefined
    const finish = (broken?: Received['broken']) => {
      const body = Buffer.concat(chunks)
      const said = headers['content-length']
      const short = said !== undefined && status !== 304 && Number(said) !== body.length
      if (!broken) take?.(body)
      resolve({
        target,
        stream,
        sentAt,
        endedAt: sentAt + performance.now() - started,
        firstByteMs,
        status,
        headers,
        bytes: body.length,
        digest: createHash('sha256').update(body).digest('hex'),
        ...((broken || short) && { broken: broken ?? 'shorter than it said' }),
      })
    }
    // Never percent-decoded on the way, as `new URL` might.
    const { hostname, port } = new URL(base)
    const sent = request({ agent, host: hostname, port, path: target.url, headers: target.headers })
    sent.setTimeout(patienceMs, () => sent.destroy(new Error('no answer in time')))
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (status === 0 && sent.reusedSocket && error.code === 'ECONNRESET') resolve('closed before')
      else finish(status === 0 ? 'no answer' : 'cut off')
    })
    sent.on('response', (incoming) => {
      firstByteMs = performance.now() - started
      status = incoming.statusCode ?? 0
      headers = incoming.headers
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', () => finish('cut off'))
      incoming.on('end', () => finish(incoming.complete ? undefined : 'cut off'))
    })
    sent.end()
  })
}
