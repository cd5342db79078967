import { setTimeout } from 'node:timers/promises'
import type { KeyStore } from '../../../signer/keys/key-store.ts'
import { KeyStoreError } from '../../../signer/keys/key-store-error.ts'
import { createKid, nameKey } from '../../../signer/keys/kid.ts'
import { createSecret } from '../../../signer/keys/secret.ts'
import { copyKey, retireKey } from '../../../signer/keys/signing-keys.ts'
import { formatSigningSecret, type SigningSecret } from './signing-secret.ts'
import type { Vault } from './vault.ts'

/** What Secrets Manager calls a rotation function with. Source: Secrets Manager user guide, "Lambda rotation functions". */
export interface RotationEvent {
  readonly Step: string
  readonly SecretId: string
  /** Id of the version that becomes the current one. */
  readonly ClientRequestToken: string
}

export interface KeyDependencies {
  vault: Vault
  store: KeyStore
  /** How long a key stays in the store after another has taken its place, in seconds. */
  overlapSeconds: number
  /** How long the edges may take to learn of a key, in seconds: backends get it no sooner. */
  propagationSeconds: number
  /** The clock, in epoch milliseconds. */
  now: () => number
}

/** The four calls of a rotation, in their order. Each may come again after it was done, and then does nothing. */
const steps: Readonly<Record<string, (versionId: string, dependencies: KeyDependencies) => Promise<void>>> = {
  createSecret: createPending,
  setSecret: copyPending,
  testSecret: testPending,
  finishSecret: finish,
}

/**
 * Does one step of a rotation.
 *
 * @throws Error where the secret is not in a state that the step expects; KeyStoreError. None holds a secret.
 */
export async function rotate(event: RotationEvent, dependencies: KeyDependencies): Promise<void> {
  const { Step, ClientRequestToken: versionId } = event
  const step = Object.hasOwn(steps, Step) ? steps[Step] : undefined
  if (!step) throw new Error(`expected ${Object.keys(steps).join(', ')} for Step but received ${Step}`)
  const stages = (await dependencies.vault.readStages())[versionId]
  if (stages?.includes('AWSCURRENT')) return
  if (!stages?.includes('AWSPENDING')) {
    throw new Error(`expected a version of the secret that is AWSPENDING but received ${versionId}`)
  }
  await step(versionId, dependencies)
}

/** Makes the new key, after it has taken away those whose last URL has ended: so a key goes with the rotation after that. */
async function createPending(versionId: string, { vault, store, overlapSeconds, now }: KeyDependencies) {
  if (await vault.read('AWSPENDING', versionId)) return
  const current = await vault.read('AWSCURRENT')
  if (!current) throw new Error('expected a version of the secret that is AWSCURRENT but found none')
  const seconds = Math.floor(now() / 1000)
  for (const { kid, until } of current.older) if (until <= seconds) await removeKey(store, kid)
  const older = [
    ...current.older.filter(({ until }) => until > seconds),
    { kid: current.kid, until: seconds + overlapSeconds },
  ]
  const text = formatSigningSecret({ kid: createKid(now()), secret: createSecret(), older })
  await vault.add(versionId, text)
}

async function copyPending(versionId: string, { vault, store }: KeyDependencies): Promise<void> {
  await copyKey(store, await readPending(vault, versionId))
}

/** Whether the edge will find the key: what the store has is what backends will sign with. */
async function testPending(versionId: string, { vault, store }: KeyDependencies): Promise<void> {
  const { kid, secret } = await readPending(vault, versionId)
  if ((await store.readValue(nameKey(kid))) !== secret) {
    throw new Error(`expected the pending key ${kid} in ${store.arn} but found none, or another`)
  }
}

/** Lets backends have the key, when the edges know it. */
async function finish(versionId: string, { vault, propagationSeconds }: KeyDependencies): Promise<void> {
  await setTimeout(propagationSeconds * 1000)
  const stages = Object.entries(await vault.readStages())
  const [current] = stages.find(([, names]) => names.includes('AWSCURRENT')) ?? []
  if (current !== versionId) await vault.makeCurrent(versionId, current)
}

async function readPending(vault: Vault, versionId: string): Promise<SigningSecret> {
  const pending = await vault.read('AWSPENDING', versionId)
  if (pending) return pending
  throw new Error(`expected a value in the version ${versionId} of the secret but found none`)
}

/** One that somebody took away already is no trouble. */
async function removeKey(store: KeyStore, kid: string): Promise<void> {
  try {
    await retireKey(store, kid)
  } catch (error) {
    if (!(error instanceof KeyStoreError && error.code === 'unknown-kid')) throw error
  }
}
