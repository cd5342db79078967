/** The life of signing keys: made, listed, rotated, retired. */
import { changeStore, type Plan } from './change-store.ts'
import { explainName } from './explain-token.ts'
import type { KeyStore } from './key-store.ts'
import { KeyStoreError } from './key-store-error.ts'
import { checkKid, createKid, findKids, nameKey } from './kid.ts'
import { checkSecret, createSecret } from './secret.ts'

export interface NewKeyOptions {
  /** Default: of today, as `k20261123-ab12`. */
  kid?: string
  /** A secret of one's own. Default: a random one. */
  secret?: string
  /** The clock, in epoch milliseconds. Default: the wall clock. */
  now?: () => number
}

export interface NewKey {
  kid: string
  /** Shown this once: it cannot be asked for again. */
  secret: string
}

/**
 * Puts a signing key into the store, beside those that are there.
 *
 * @throws KeyStoreError `kid-exists`, `bad-kid`, `weak-secret`; `conflict`, `denied`, `no-store`, `unreachable`.
 */
export async function newKey(store: KeyStore, options: NewKeyOptions = {}): Promise<NewKey> {
  const { kid, secret } = await addKey(store, options)
  return { kid, secret }
}

export interface RotateOptions extends NewKeyOptions {
  /** Seconds that a signed URL may live at most. */
  maxLifetimeSeconds?: number
}

export interface Rotation extends NewKey {
  /** The kids there were before. Each may be retired once every URL signed with it has expired. */
  older: string[]
  /** When that is, if signing with the older keys ends now; undefined without a lifetime. */
  retirableAt?: Date
}

/**
 * Puts a new signing key into the store and leaves the older ones, so that URLs signed with them stay valid.
 *
 * @throws KeyStoreError as {@link newKey}.
 */
export async function rotateKey(store: KeyStore, options: RotateOptions = {}): Promise<Rotation> {
  const added = await addKey(store, options)
  if (options.maxLifetimeSeconds === undefined) return added
  const now = (options.now ?? Date.now)()
  return { ...added, retirableAt: new Date(now + options.maxLifetimeSeconds * 1000) }
}

async function addKey(store: KeyStore, options: NewKeyOptions): Promise<NewKey & { older: string[] }> {
  const kid = options.kid ?? createKid((options.now ?? Date.now)())
  const secret = options.secret ?? createSecret()
  checkKid(kid)
  checkSecret(secret)
  const plan = async (retry: number): Promise<Plan<string[]>> => {
    const kids = findKids(await store.listNames())
    const older = kids.filter((each) => each !== kid)
    if (older.length === kids.length) return { change: { name: nameKey(kid), value: secret }, result: older }
    // A write whose answer was lost is repeated by the client, and meets itself as a conflict. Nobody else has a random secret.
    const isOwn =
      retry > 0 && options.secret === undefined && (await store.readValue(nameKey(kid))) === secret
    if (isOwn) return { result: older }
    throw new KeyStoreError('kid-exists', `kid: expected a new one but received ${kid}, which exists`)
  }
  return { kid, secret, older: await changeStore(store, plan) }
}

/**
 * Puts a key that was made elsewhere into the store, where it is not there already: done again, it changes nothing.
 *
 * @throws KeyStoreError `kid-exists` where that kid has another secret, `bad-kid`, `weak-secret`; `conflict`, `denied`, `no-store`,
 *   `unreachable`.
 */
export async function copyKey(store: KeyStore, { kid, secret }: NewKey): Promise<void> {
  checkKid(kid)
  checkSecret(secret)
  await changeStore(store, async () => {
    const known = await store.readValue(nameKey(kid))
    if (known === undefined) return { change: { name: nameKey(kid), value: secret }, result: undefined }
    if (known === secret) return { result: undefined }
    throw new KeyStoreError(
      'kid-exists',
      `kid: expected a new one but received ${kid}, which has another secret`,
    )
  })
}

export interface KeyList {
  /** Sorted: those with a day in them by age. */
  kids: string[]
  hasExplainToken: boolean
}

/**
 * The signing keys of the store, with nothing secret about them.
 *
 * @throws KeyStoreError `denied`, `no-store`, `unreachable`.
 */
export async function listKeys(store: KeyStore): Promise<KeyList> {
  const names = await store.listNames()
  return { kids: findKids(names), hasExplainToken: names.includes(explainName) }
}

export interface RetireOptions {
  /** Whether also the last key goes, after which no signed URL is valid. */
  force?: boolean
}

/**
 * Takes a signing key out of the store: every URL signed with it is refused from then on, expired or not.
 *
 * @returns the kids that remain.
 * @throws KeyStoreError `unknown-kid`, `last-key`, `bad-kid`; `conflict`, `denied`, `no-store`, `unreachable`.
 */
export async function retireKey(
  store: KeyStore,
  kid: string,
  options: RetireOptions = {},
): Promise<string[]> {
  checkKid(kid)
  let seen = false
  return changeStore(store, async () => {
    const kids = findKids(await store.listNames())
    const remaining = kids.filter((each) => each !== kid)
    if (remaining.length === kids.length) {
      // Retired since by somebody else, or by a write of ours whose answer was lost.
      if (seen) return { result: remaining }
      throw new KeyStoreError(
        'unknown-kid',
        `kid: expected ${kids.join(', ') || 'none, as there are no keys,'} but received ${kid}`,
      )
    }
    seen = true
    if (remaining.length === 0 && !options.force) {
      throw new KeyStoreError(
        'last-key',
        `kid: expected one of several but received ${kid}, the last signing key`,
      )
    }
    return { change: { name: nameKey(kid) }, result: remaining }
  })
}
