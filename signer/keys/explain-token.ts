import { changeStore } from './change-store.ts'
import type { KeyStore } from './key-store.ts'
import { checkSecret, createSecret } from './secret.ts'

/** The name under which the edge function looks for the token. */
export const explainName = 'explain'

/**
 * Sets the token that makes the edge function explain its answers, in place of one that is there.
 *
 * @param options `token`: one of one's own; default: a random one.
 * @returns the token, shown this once.
 * @throws KeyStoreError `weak-secret`; `conflict`, `denied`, `no-store`, `unreachable`.
 */
export async function setExplainToken(store: KeyStore, options: { token?: string } = {}): Promise<string> {
  const token = options.token ?? createSecret()
  checkSecret(token)
  return changeStore(store, async () => ({ change: { name: explainName, value: token }, result: token }))
}

/**
 * Takes the token away: nobody is explained anything.
 *
 * @returns whether there was one.
 * @throws KeyStoreError `conflict`, `denied`, `no-store`, `unreachable`.
 */
export async function removeExplainToken(store: KeyStore): Promise<boolean> {
  let seen = false
  return changeStore(store, async () => {
    const found = (await store.listNames()).includes(explainName)
    seen ||= found
    return { change: found ? { name: explainName } : undefined, result: seen }
  })
}
