import {
  createServer,
  type IncomingMessage,
  type RequestOptions,
  request,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the proxy makes of S3's answers. */
export type S3Trouble =
  /** Answers come so many milliseconds later. */
  | { kind: 'slow'; ms: number }
  /** Answered in S3's place with an error of S3's. */
  | { kind: 'error'; status: number; code: string }
  /** The connection breaks after this share of the body, 0–1. */
  | { kind: 'cut'; share: number }
  /** Headers and this share of the body come, 0–1, and then nothing more. */
  | { kind: 'stall'; share: number }
  /** Nothing ever comes. */
  | { kind: 'silent' }

/** An S3 that can be made to fail, in front of one that does not. */
export interface S3Proxy {
  /** In place of the endpoint's. */
  url: string
  /** Of answers that were spoilt since it began. */
  readonly spoilt: number
  /** @param applies which paths it meets. Default: all. */
  begin(trouble: S3Trouble, applies?: (path: string) => boolean): void
  /** Ends the trouble: what was held back is let go, broken off. */
  end(): void
  close(): Promise<void>
}

/**
 * Starts a proxy of the S3 at `upstream`. Requests pass with their `Host`, which SigV4 has signed, so that the endpoint takes them
 * for its own.
 */
export async function startS3Proxy(upstream: string): Promise<S3Proxy> {
  const { hostname, port } = new URL(upstream)
  const held = new Set<ServerResponse>()
  let current: { trouble: S3Trouble; applies: (path: string) => boolean } | undefined
  let spoilt = 0
  const server = createServer((incoming, outgoing) => {
    outgoing.on('close', () => held.delete(outgoing))
    const trouble = current?.applies(incoming.url ?? '') ? current.trouble : undefined
    if (trouble) spoilt++
    const { method, url: path, headers } = incoming
    answer(incoming, outgoing, { host: hostname, port, method, path, headers }, trouble, held)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get spoilt() {
      return spoilt
    },
    begin(trouble, applies = () => true) {
      current = { trouble, applies }
      spoilt = 0
    },
    end() {
      current = undefined
      for (const response of held) response.destroy()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: RequestOptions,
  trouble: S3Trouble | undefined,
  held: Set<ServerResponse>,
): void {
  if (trouble?.kind === 'silent') {
    held.add(outgoing)
    return
  }
  if (trouble?.kind === 'error') {
    const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${trouble.code}</Code><Message>Please try again.</Message></Error>`
    outgoing.writeHead(trouble.status, { 'content-type': 'application/xml', 'content-length': body.length })
    outgoing.end(target.method === 'HEAD' ? undefined : body)
    return
  }
  const upstream = request(target, async (answered) => {
    const chunks: Buffer[] = []
    for await (const chunk of answered) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    if (trouble?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, trouble.ms))
    outgoing.writeHead(answered.statusCode ?? 502, answered.headers)
    if ((trouble?.kind === 'cut' || trouble?.kind === 'stall') && body.length > 0) {
      outgoing.write(body.subarray(0, Math.floor(body.length * trouble.share)), () => {
        if (trouble.kind === 'cut') outgoing.destroy()
      })
      if (trouble.kind === 'stall') held.add(outgoing)
    } else outgoing.end(body)
  })
  upstream.on('error', () => outgoing.destroy())
  incoming.pipe(upstream)
}
