// The process that stands for one Lambda sandbox: loads the handler once, then runs one event at a time. Built into one
// CommonJS file, so that a sandbox starts as fast as Node does.

import { createRequire } from 'node:module'
import { join } from 'node:path'

/** What the pool asks of a sandbox. */
export interface SandboxRequest {
  event: unknown
  /** Milliseconds until Lambda would end the run. */
  timeoutMs: number
}

/** What a sandbox says: once that it is ready, then one answer a request. */
export type SandboxMessage = { ready: true } | { result: unknown } | { error: string }

const [, , folder = '', handlerName = ''] = process.argv
const [file = '', exportName = ''] = handlerName.split('.')

const handler: (event: unknown, context: object) => Promise<unknown> = createRequire(
  join(folder, 'index.js'),
)(join(folder, file))[exportName]

process.on('message', async ({ event, timeoutMs }: SandboxRequest) => {
  const deadlineAt = performance.now() + timeoutMs
  const context = { getRemainingTimeInMillis: () => Math.max(0, Math.round(deadlineAt - performance.now())) }
  try {
    report({ result: await handler(event, context) })
  } catch (error) {
    report({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
report({ ready: true })

function report(message: SandboxMessage): void {
  process.send?.(message)
}
