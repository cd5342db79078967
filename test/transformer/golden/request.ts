import { computeOutcome } from '../../../docs/outcome.ts'
import type { Transformer } from '../run.ts'
import { makeEvent, type Received, receive } from '../run.ts'

/** Has goldens and digests written in place of compared. */
export const rewrites = process.env.FOVEA_GOLDEN === 'write'

/** The command that writes them. */
export const rewriteCommand = 'npm run golden'

/** What a viewer without AVIF and WebP gets for `request`, a key and a query: by the grammar, then by the handler. */
export async function ask(request: string, { invoke }: Transformer): Promise<Received> {
  const outcome = computeOutcome(`/${request}`, { accept: '*/*' })
  if ('rejection' in outcome) {
    throw new Error(`expected a request but received ${request}: ${JSON.stringify(outcome.rejection)}`)
  }
  return receive(await invoke(makeEvent(outcome.canonical)))
}
