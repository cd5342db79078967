import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { type Edge, type EdgeSettings, startEdge } from '../../edge/edge.ts'
import { type Sidecar, sidecarPath } from '../../edge/s3-endpoint/sidecar.ts'

/** Accept headers as browsers of the three classes send them. */
export const accepts = {
  avif: 'image/avif,image/webp,image/apng,image/*,*/*;q=0.8',
  webp: 'image/webp,image/*,*/*;q=0.8',
  none: '*/*',
}

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** What is sent besides the target. Defaults: GET, no headers but Host, no body. */
export interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: Buffer | string
}

/** A local edge over a folder of its own, and a client that sends what it is told, byte for byte. */
export interface RunningEdge {
  edge: Edge
  ask(target: string, given?: Asked): Promise<Reply>
  /** Writes an original, and what S3 would keep beside it. */
  put(key: string, bytes: Buffer | string, sidecar?: Partial<Sidecar>): void
  /** Changes what S3 keeps beside an original, and not its bytes. */
  describe(key: string, sidecar: Partial<Sidecar>): void
  /** Moves the edge's clock. */
  advance(seconds: number): void
  close(): Promise<void>
}

const opened: RunningEdge[] = []

/** Starts an edge whose folder holds `photo.jpg`, 600 × 400. */
export async function openEdge(settings: Partial<EdgeSettings> = {}): Promise<RunningEdge> {
  const originals = mkdtempSync(join(tmpdir(), 'fovea-edge-'))
  let aheadMs = 0
  const edge = await startEdge({
    originals,
    port: 0,
    concurrency: 1000,
    sandboxes: 2,
    now: () => Date.now() + aheadMs,
    ...settings,
  })
  const port = Number(new URL(edge.url).port)
  const running: RunningEdge = {
    edge,
    ask: (target, asked = {}) => send(port, target, asked),
    put: (key, bytes, sidecar) => {
      const path = join(originals, key)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, bytes)
      if (sidecar) running.describe(key, sidecar)
    },
    describe: (key, sidecar) => writeFileSync(sidecarPath(join(originals, key)), JSON.stringify(sidecar)),
    advance: (seconds) => {
      aheadMs += seconds * 1000
    },
    async close() {
      await edge.close()
      rmSync(originals, { recursive: true, force: true })
    },
  }
  opened.push(running)
  running.put('photo.jpg', await drawPicture(600, 400).jpeg().toBuffer())
  return running
}

/** Closes every edge that was opened. */
export async function closeEdges(): Promise<void> {
  for (const running of opened.splice(0)) await running.close()
}

/** Waves of colour: enough detail that encoders have something to do. */
export function drawPicture(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3)
  for (let index = 0; index < pixels.length; index++) {
    const position = Math.floor(index / 3)
    const across = position % width
    const down = Math.floor(position / width)
    pixels[index] = 128 + 60 * Math.sin(across / 17 + (index % 3)) + 60 * Math.sin(down / 11)
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/** The problem details of an error answer. */
export function readProblem({ body }: Reply): Record<string, unknown> {
  return JSON.parse(body.toString())
}

function send(port: number, path: string, { method = 'GET', headers = {}, body }: Asked): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false })
    outgoing.on('error', reject)
    outgoing.on('response', async (incoming) => {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk)
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) })
    })
    outgoing.end(body)
  })
}
