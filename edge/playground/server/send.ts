import type { IncomingMessage, ServerResponse } from 'node:http'
import { problemContentType } from '../../../grammar/problem.ts'
import { Refusal } from './refusal.ts'

/** Headers of whatever the playground answers: nothing of it is for other sites, or to be kept. */
export const ownHeaders = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
} as const

/** Answers with `value` as JSON; without a body where it is undefined. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  if (value === undefined) {
    response.writeHead(status, ownHeaders)
    response.end()
    return
  }
  send(response, status, 'application/json', value)
}

/**
 * Answers with what went wrong: a {@link Refusal} in its own words, anything else in ours, and in full on the terminal. The rest of a
 * body is read all the same, as far as `maxDrainedBytes`: a client that cannot send hears no answer.
 */
export function sendError(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  // Nobody is there to be answered.
  if (request.errored || response.destroyed) return
  const refusal = error instanceof Refusal ? error : undefined
  if (!refusal) process.stderr.write(`playground: ${error instanceof Error ? error.stack : String(error)}\n`)
  drain(request)
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { status, title, message } =
    refusal ?? new Refusal(500, 'The local edge failed', 'Its terminal says how.')
  send(response, status, problemContentType, { status, title, detail: message })
}

/** Bytes of a refused body: several times what any original may have. */
const maxDrainedBytes = 1024 ** 3

function drain(request: IncomingMessage): void {
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > maxDrainedBytes) request.destroy()
  })
  request.on('error', () => {})
  request.resume()
}

function send(response: ServerResponse, status: number, contentType: string, value: unknown): void {
  response.writeHead(status, { ...ownHeaders, 'content-type': contentType })
  response.end(`${JSON.stringify(value)}\n`)
}
