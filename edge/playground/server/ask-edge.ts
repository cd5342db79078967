import { type IncomingHttpHeaders, request as sendRequest } from 'node:http'
import { ownPath } from '../../server.ts'
import { refuse } from './read-call.ts'

/** What the edge answered over HTTP. */
export interface EdgeReply {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  /** Milliseconds from the question to the last byte. */
  ms: number
}

/** A question of the playground's to the edge that it belongs to. */
export interface EdgeQuestion {
  method?: 'GET' | 'HEAD'
  /** As {@link readTarget} returns it. */
  target: string
  headers: Readonly<Record<string, string>>
}

/**
 * Asks the edge at `url` over its own port, as any viewer does. The port is the only thing of `url` that counts, so that no
 * question reaches another machine.
 *
 * @throws Error where the edge is closed meanwhile.
 */
export function askEdge(url: string, question: EdgeQuestion): Promise<EdgeReply> {
  const { method = 'GET', target, headers } = question
  const { port, host } = new URL(url)
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const outgoing = sendRequest({
      // A connection for each, as many viewers have: one that is used again may just have been closed.
      agent: false,
      host: '127.0.0.1',
      port,
      method,
      path: target,
      headers: { host, ...headers },
    })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks),
          ms: performance.now() - startedAt,
        }),
      )
    })
    outgoing.end()
  })
}

/**
 * Path and query of a URL as one types it, as a request line can carry them: what stands before the path and a fragment are
 * left out, and what is no ASCII is percent-encoded. Anything else stays as it is, however wrong: the edge is to judge it.
 *
 * @throws Refusal 400 for what has no path, and for the playground itself, which would wait for its own answer.
 */
export function readTarget(url: string): string {
  const [target = ''] = url
    .trim()
    .replace(/^https?:\/\/[^/?#]*/i, '')
    .split('#')
  if (!target.startsWith('/')) throw refuse('url', 'a path, which begins with /,', url)
  if (target.startsWith(ownPath)) throw refuse('url', `a path outside of ${ownPath}`, url)
  try {
    return target.replace(/[^!-~]+/g, encodeURIComponent)
  } catch {
    throw refuse('url', 'well-formed Unicode', url)
  }
}
