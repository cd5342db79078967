import { createRequire } from 'node:module'
import type { TransformerEvent } from '../../transformer/event.ts'
import type { Handler } from '../../transformer/handler.ts'
import { answerParent } from '../child.ts'
import { readChildrenMegabytes } from '../peak-memory.ts'

/** One run of the Lambda. */
export interface LeakCall {
  event: TransformerEvent
  remainingMs: number
}

/** Megabytes, when the answer is out. */
export interface Memory {
  resident: number
  /** Of the process that draws vector graphics; 0 where there is none. */
  renderer: number
  /** Of JavaScript. */
  heap: number
  /** Held by JavaScript outside of its heap: buffers. */
  external: number
}

export interface LeakReply {
  status: number
  etag: string
  memory: Memory
}

// The built transformer, called as Lambda calls it, and the memory of its process: the argument is its file.

const [, , file = ''] = process.argv
const { handler }: { handler: Handler } = createRequire(file)(file)

answerParent<LeakCall, LeakReply>(async ({ event, remainingMs }) => {
  const { statusCode, headers } = await handler(event, { getRemainingTimeInMillis: () => remainingMs })
  const { rss, heapUsed, external } = process.memoryUsage()
  const [resident = 0, heap = 0, outside = 0] = [rss, heapUsed, external].map((bytes) => bytes / 2 ** 20)
  const memory = { resident, heap, external: outside, renderer: readChildrenMegabytes() }
  return { status: statusCode, etag: headers.etag ?? '', memory }
})
