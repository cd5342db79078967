import { type Edge, type EdgeSettings, startEdge } from '../../edge/edge.ts'
import type { KeyValueStoreAccess } from '../../edge/key-value-store/access-file.ts'
import { openLogFile } from '../../edge/lambda/log-file.ts'
import type { Stats } from '../../edge/stats.ts'
import { answerParent } from '../child.ts'

// The local edge in a process of its own, which can be told to fail.

/** What the process is asked. The first is `start`. */
export type EdgeOrder =
  | { order: 'start'; settings: EdgeProcessSettings }
  | { order: 'count' }
  /** Moves the edge's clock. */
  | { order: 'advance'; seconds: number }
  | { order: 'store'; reachable: boolean }
  | { order: 'log'; file: string }
  /** Takes the first region down, or brings it back. */
  | { order: 'region'; lost: boolean }

export interface EdgeProcessSettings
  extends Pick<
    EdgeSettings,
    'originals' | 'concurrency' | 'sandboxes' | 'externalS3' | 'watchOriginals' | 'assembly'
  > {
  /** Of the Lambda. */
  logFile: string
}

/** What it counted. */
export interface EdgeCounts extends Stats {
  /** Runs of the Lambda that ended without an answer. */
  crashes: number
  /** Of the process, in bytes. */
  residentBytes: number
}

export type EdgeReply =
  | { url: string; pid: number; keyValueStore: KeyValueStoreAccess | undefined }
  | EdgeCounts
  | { done: true }

/** What an edge has whose template has several regions: the first one first. */
interface Regions {
  readonly regions: readonly { start(): Promise<void>; stop(): Promise<void> }[]
}

let edge: Edge | undefined
let aheadMs = 0
let reachable = true
let log: ReturnType<typeof openLogFile> | undefined
let crashes = 0

// What it says is what the faults are for: counted, not shown. A failure of the process itself Node writes by other means.
process.stderr.write = ((text: string | Uint8Array) => {
  if (/^transformer: /.test(String(text))) crashes++
  return true
}) as typeof process.stderr.write

answerParent<EdgeOrder, EdgeReply>(async (asked) => {
  if (asked.order === 'start') return start(asked.settings)
  const running = edge
  if (!running) throw new Error('expected the edge to be started first')
  switch (asked.order) {
    case 'count':
      return { ...running.stats, crashes, residentBytes: process.memoryUsage.rss() }
    case 'advance':
      aheadMs += asked.seconds * 1000
      break
    case 'store':
      reachable = asked.reachable
      break
    case 'log':
      log = openLogFile(asked.file)
      break
    case 'region': {
      const [first] = (running as Edge & Partial<Regions>).regions ?? []
      if (!first) throw new Error('expected an edge with regions but this one has none')
      await (asked.lost ? first.stop() : first.start())
      break
    }
  }
  return { done: true }
})
process.once('disconnect', () => void edge?.close())

async function start({ logFile, ...settings }: EdgeProcessSettings): Promise<EdgeReply> {
  log = openLogFile(logFile)
  edge = await startEdge({
    ...settings,
    port: 0,
    now: () => Date.now() + aheadMs,
    isStoreReachable: () => reachable,
    lambdaLog: (line) => log?.(line, 'stdout'),
  })
  return { url: edge.url, pid: process.pid, keyValueStore: edge.keyValueStore }
}
