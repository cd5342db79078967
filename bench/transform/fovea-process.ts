import { createRequire } from 'node:module'
import type { BufferedResult } from '../../transformer/buffered-result.ts'
import type { Handler } from '../../transformer/handler.ts'
import { type Job, serveJobs } from './contender.ts'

// The built transformer, called as Lambda calls it: the argument is its file.

const [, , file = ''] = process.argv
const requireThere = createRequire(file)
const { handler }: { handler: Handler } = requireThere(file)
const sharp: typeof import('sharp')['default'] = requireThere('sharp')

/** The template's timeout would do; a bench on a busy machine has time. */
const context = { getRemainingTimeInMillis: () => 60_000 }

serveJobs(makeAsLambda, readBody, sharp.concurrency)

function makeAsLambda({ key, query }: Job): Promise<BufferedResult> {
  const requestContext = { http: { method: 'GET' } }
  return handler({ rawPath: `/${key}`, rawQueryString: query, headers: {}, requestContext }, context)
}

function readBody({ statusCode, body }: BufferedResult): Uint8Array {
  if (statusCode === 200) return Buffer.from(body, 'base64')
  throw new Error(`expected a variant but received ${statusCode}: ${body}`)
}
