// The process that stands for one Lambda sandbox: loads the handler once, then runs one event at a time. Built into one
// CommonJS file, so that a sandbox starts as fast as Node does.

import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createStreamingGlobal, type StreamifiedHandler } from './streaming-global.ts'

/** What the pool asks of a sandbox. */
export interface SandboxRequest {
  event: unknown
  /** Milliseconds until Lambda would end the run. */
  timeoutMs: number
}

/** What a sandbox says: once that it is ready, then for each request one result or error, after the chunks of a stream. */
export type SandboxMessage = { ready: true } | { chunk: Uint8Array } | { result: unknown } | { error: string }

interface Context {
  awsRequestId: string
  getRemainingTimeInMillis(): number
}

type BufferedHandler = (event: unknown, context: Context) => Promise<unknown>

const [, , folder = '', handlerName = ''] = process.argv
const [file = '', exportName = ''] = handlerName.split('.')

Object.assign(globalThis, { awslambda: createStreamingGlobal((chunk) => report({ chunk })) })
const handler: BufferedHandler | StreamifiedHandler = createRequire(join(folder, 'index.js'))(
  join(folder, file),
)[exportName]

process.on('message', async ({ event, timeoutMs }: SandboxRequest) => {
  const deadlineAt = performance.now() + timeoutMs
  const context = {
    awsRequestId: randomUUID(),
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadlineAt - performance.now())),
  }
  try {
    const result = 'stream' in handler ? await handler.stream(event, context) : await handler(event, context)
    report({ result })
  } catch (error) {
    report({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
report({ ready: true })

function report(message: SandboxMessage): void {
  process.send?.(message)
}
