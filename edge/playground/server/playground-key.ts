import { attachProof, readAskedUrl } from '../../../signer/cli/asked-url.ts'
import { createSigner } from '../../../signer/create-signer.ts'
import type { KeyStore } from '../../../signer/keys/key-store.ts'
import { createKid, nameKey } from '../../../signer/keys/kid.ts'
import { newKey } from '../../../signer/keys/signing-keys.ts'
import type { EdgeInside } from '../../own-pages.ts'
import { readDeployedSettings } from './deployed-settings.ts'
import { Refusal } from './refusal.ts'

/** A URL that was signed. */
export interface SignedUrl {
  /** Path and query. */
  url: string
  kid: string
  /** Milliseconds since the epoch. */
  expiresAt: number
}

/** The signing keys of a running edge, as the playground uses them. No secret leaves this object but to judge a signature. */
export interface PlaygroundKey {
  /**
   * Signs path and query of a URL with the playground's own key, which is made first where there is none.
   *
   * @param seconds until it expires; negative: since it has. Default an hour, or what the settings allow.
   * @throws Refusal 400 for what cannot be signed, 409 where the edge has no KeyValueStore.
   */
  sign(url: string, seconds?: number): Promise<SignedUrl>
  /** The secret of any key of the store; '' where there is none, undefined where there is no store. */
  findSecret(kid: string): Promise<string | undefined>
  close(): void
}

/** None is made, and no connection opened, before the first use. */
export function createPlaygroundKey(inside: EdgeInside): PlaygroundKey {
  let opened: { arn: string; store: Promise<KeyStore> } | undefined
  let ownKey: Promise<{ kid: string; secret: string }> | undefined

  /** The store of the moment: a reload may bring another. The AWS client takes long to load, so it is only loaded here. */
  async function openStore(): Promise<KeyStore | undefined> {
    const access = inside.keyValueStore()
    if (!access) return undefined
    if (opened?.arn !== access.arn) {
      close()
      const store = import('../../../signer/keys/key-store.ts').then(({ openKeyStore }) =>
        openKeyStore(access),
      )
      opened = { arn: access.arn, store }
    }
    return opened.store
  }

  async function findOwnKey(): Promise<{ kid: string; secret: string }> {
    const store = await openStore()
    if (!store) {
      throw new Refusal(
        409,
        'Nothing to sign with',
        'expected a KeyValueStore in the deployment but found none',
      )
    }
    const known = await ownKey?.catch(() => undefined)
    // Somebody may have retired it.
    if (known && (await store.readValue(nameKey(known.kid))) === known.secret) return known
    ownKey = newKey(store, { kid: `playground-${createKid(inside.now())}`, now: inside.now })
    return ownKey
  }

  /** One at a time: those that come at once share the key that the first of them makes. */
  let turn: Promise<unknown> = Promise.resolve()
  function takeTurn(): Promise<{ kid: string; secret: string }> {
    const taken = turn.then(findOwnKey)
    turn = taken.catch(() => {})
    return taken
  }

  function close(): void {
    opened?.store.then((store) => store.close()).catch(() => {})
    opened = undefined
  }

  return {
    async sign(url, given) {
      const { lifetime } = readDeployedSettings(inside.deployment()).usual
      const seconds = given ?? Math.min(usualSeconds, lifetime)
      const { kid, secret } = await takeTurn()
      const expiresAt = inside.now() + seconds * 1000
      const signer = createSigner({
        kid,
        secret,
        baseUrl,
        maxLifetimeSeconds: lifetime,
        expiresInSeconds: lifetime,
        // The signer makes no URL that has expired: for such a one its clock is put back.
        now: () => inside.now() + Math.min(0, seconds - 1) * 1000,
      })
      try {
        const { key, parameters, canonical } = readAskedUrl(url)
        const signed = signer
          .signUrl(key, parameters, { expiresAt: new Date(expiresAt) })
          .slice(baseUrl.length)
        const proved = canonical === undefined ? signed : attachProof(canonical, signed)
        return { url: proved, kid, expiresAt: Math.floor(expiresAt / 1000) * 1000 }
      } catch (error) {
        throw new Refusal(400, 'Cannot be signed', error instanceof Error ? error.message : String(error))
      }
    },
    async findSecret(kid) {
      const store = await openStore()
      return store && ((await store.readValue(nameKey(kid))) ?? '')
    },
    close,
  }
}

/** Seconds that a URL is good for where nothing else is said. */
const usualSeconds = 3600

/** Of no consequence: no host is signed. */
const baseUrl = 'http://localhost'
