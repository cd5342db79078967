import type { KeyValueStoreAccess } from '../../../edge/key-value-store/access-file.ts'
import { startKeyValueStores } from '../../../edge/key-value-store/start.ts'
import { type KeyStore, type KeyStoreSettings, openKeyStore } from '../../../signer/keys/key-store.ts'

/** A KeyValueStore of a local edge. */
export interface LocalStore {
  settings: KeyValueStoreAccess
  /** What the edge function reads. */
  values: Map<string, string>
  /** Another client of the same store, as another process would be. */
  open(settings?: Partial<KeyStoreSettings>): KeyStore
}

const closing: (() => unknown)[] = []

export async function openLocalStore(): Promise<LocalStore> {
  const running = await startKeyValueStores(undefined, Date.now)
  closing.push(() => running.close())
  const values = running.stores.open(['Store']).get('Store')
  const settings = running.access()
  if (!values || !settings) throw new Error('expected a store')
  return {
    settings,
    values,
    open(given) {
      const store = openKeyStore({ ...settings, ...given })
      closing.push(() => store.close())
      return store
    },
  }
}

export async function closeLocalStores(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close()
}
