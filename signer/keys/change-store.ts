import { setTimeout } from 'node:timers/promises'
import type { KeyStore } from './key-store.ts'
import { KeyStoreError } from './key-store-error.ts'

/** What to write, if anything, and what to say once it is written. */
export interface Plan<T> {
  change?: { name: string; value?: string }
  result: T
}

const maxRetries = 5

/** Milliseconds before the first retry, at most; twice as many before each further one. Random, so that rivals part. */
const firstWaitMs = 100

/**
 * Changes a store without losing what others write meanwhile. The version comes first, then `plan` looks at the store, then the write
 * holds only for that version; where it has changed, `plan` looks again. So what it saw is what the write meets.
 *
 * @param plan is told which retry it is, 0 at first.
 * @throws KeyStoreError `conflict` after five retries, and what `plan` throws.
 */
export async function changeStore<T>(store: KeyStore, plan: (retry: number) => Promise<Plan<T>>): Promise<T> {
  for (let retry = 0; retry <= maxRetries; retry++) {
    if (retry > 0) await setTimeout(Math.random() * firstWaitMs * 2 ** (retry - 1))
    const etag = await store.readEtag()
    const { change, result } = await plan(retry)
    if (!change || (await store.write(change, etag))) return result
  }
  throw new KeyStoreError(
    'conflict',
    `expected no other change of ${store.arn} but received ${maxRetries + 1}: try again`,
  )
}
