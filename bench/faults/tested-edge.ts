import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createS3Endpoint, type S3Endpoint } from '../../edge/s3-endpoint/endpoint.ts'
import { type KeyStore, openKeyStore } from '../../signer/keys/key-store.ts'
import { startChild } from '../child.ts'
import type { EdgeCounts, EdgeOrder, EdgeProcessSettings, EdgeReply } from './edge-process.ts'
import { type S3Proxy, startS3Proxy } from './s3-proxy.ts'
import { drawOriginals } from './targets.ts'

/** What of an edge can be chosen for a fault. */
export interface TestedEdgeSettings {
  /** Runs of the Lambda at a time. Default 1000. */
  concurrency?: number
  /** Processes that run it at most. Default 3: one more than cores, so that one that hangs does not stop all. */
  sandboxes?: number
  /**
   * Whether changes of the originals are events. Then the edge has an S3 of its own, and {@link TestedEdge.s3} is not in its way.
   * Default: no.
   */
  watchesOriginals?: boolean
  /** Cloud assembly. Default: what `npm run synth` writes. */
  assembly?: string
}

/** An edge in a process of its own over originals of its own, to do harm to. */
export interface TestedEdge {
  url: string
  /** Of the originals. */
  folder: string
  pid: number
  s3: S3Proxy
  /** Of the template's KeyValueStore. */
  keyStore: KeyStore
  count(): Promise<EdgeCounts>
  /** Moves the edge's clock, and no other. */
  advance(seconds: number): Promise<void>
  /** How far the edge's clock is ahead, in milliseconds. */
  aheadMs(): number
  /** Moves the clock of S3, and no other; from the wall clock. */
  setS3Clock(aheadMs: number): void
  setStoreReachable(reachable: boolean): Promise<void>
  setLogFile(file: string): Promise<void>
  /** Takes the first region down, or brings it back. */
  setRegionLost(lost: boolean): Promise<void>
  /** Process ids of the transformer's sandboxes. */
  listSandboxes(): Promise<number[]>
  close(): Promise<void>
}

const bucket = 'fovea-originals'

/** Starts it, its originals drawn anew, with one warm sandbox and nothing cached. */
export async function startTestedEdge(settings: TestedEdgeSettings): Promise<TestedEdge> {
  const { concurrency = 1000, sandboxes = 3, watchesOriginals = false, assembly } = settings
  const home = await mkdtemp(join(tmpdir(), 'fovea-faults-'))
  const folder = join(home, 'originals')
  await drawOriginals(folder)
  let s3AheadMs = 0
  const credentials = { accessKeyId: 'FAULTS', secretAccessKey: crypto.randomUUID() }
  const endpoint = createS3Endpoint({ folder, bucket, credentials, now: () => Date.now() + s3AheadMs })
  const s3 = await startS3Proxy((await endpoint.listen()).url)
  const child = startChild<EdgeOrder, EdgeReply>(fileURLToPath(new URL('edge-process.ts', import.meta.url)), {
    environment: environmentOf(process.env),
    execArgv: ['--import', 'tsx'],
  })
  // The process does one thing at a time.
  let last: Promise<unknown> = Promise.resolve()
  const order = <Reply extends EdgeReply>(asked: EdgeOrder): Promise<Reply> => {
    const answered = last.then(() => child.ask(asked)) as Promise<Reply>
    last = answered.catch(() => {})
    return answered
  }
  const start: EdgeProcessSettings = {
    originals: folder,
    concurrency,
    sandboxes,
    assembly,
    watchOriginals: watchesOriginals,
    externalS3: watchesOriginals ? undefined : { endpoint: s3.url, bucket, credentials },
    logFile: join(home, 'lambda.log'),
  }
  let aheadMs = 0
  const close = () => closeAll(child.stop, s3, endpoint, home)
  try {
    const running = await order<Extract<EdgeReply, { pid: number }>>({ order: 'start', settings: start })
    const { url, pid, keyValueStore } = running
    if (!keyValueStore) throw new Error('expected a KeyValueStore in the template but found none')
    const keyStore = openKeyStore(keyValueStore)
    return {
      url,
      folder,
      pid,
      s3,
      keyStore,
      count: () => order<EdgeCounts>({ order: 'count' }),
      async advance(seconds) {
        aheadMs += seconds * 1000
        await order({ order: 'advance', seconds })
      },
      aheadMs: () => aheadMs,
      setS3Clock: (ms) => {
        s3AheadMs = ms
      },
      setStoreReachable: async (reachable) => void (await order({ order: 'store', reachable })),
      setLogFile: async (file) => void (await order({ order: 'log', file })),
      setRegionLost: async (lost) => void (await order({ order: 'region', lost })),
      listSandboxes: () => listSandboxes(pid),
      async close() {
        keyStore.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function closeAll(stop: () => void, s3: S3Proxy, endpoint: S3Endpoint, home: string): Promise<void> {
  stop()
  await Promise.all([s3.close(), endpoint.close()])
  await rm(home, { recursive: true, force: true, maxRetries: 3 })
}

/** What Node and its loader need; nothing that could change what the edge does. */
function environmentOf({ PATH = '', HOME = '', TMPDIR }: NodeJS.ProcessEnv): Record<string, string> {
  return { PATH, HOME, ...(TMPDIR && { TMPDIR }) }
}

const runFile = promisify(execFile)

/** The children of the edge that run the function of a Function URL; those of the event flow run others. */
async function listSandboxes(edgePid: number): Promise<number[]> {
  const { stdout } = await runFile('ps', ['-A', '-o', 'pid=,ppid=,args='])
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    // The transformer's alone loads the project's own sharp.
    return Number(parent) === edgePid && /sandbox\.cjs/.test(args) && /own-sharp/.test(args)
      ? [Number(pid)]
      : []
  })
}
