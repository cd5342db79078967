import { setTimeout } from 'node:timers/promises'
import { copyKey } from '../../../signer/keys/signing-keys.ts'
import type { KeyDependencies } from './rotation.ts'

/** What CloudFormation calls a custom resource with. Source: CloudFormation user guide, "Custom resource request objects". */
export interface DeploymentEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete'
  readonly ResponseURL: string
  readonly StackId: string
  readonly RequestId: string
  readonly LogicalResourceId: string
  readonly PhysicalResourceId?: string
}

const attempts = 3

/** Milliseconds between two attempts to answer. */
const pauseMs = 1000

/**
 * Copies the keys that URLs may be signed with into the store, and tells CloudFormation, which waits for it: a deployment whose
 * store has no key fails. Nothing is done on the way out: the store goes with the stack.
 */
export async function deploy(event: DeploymentEvent, dependencies: KeyDependencies): Promise<void> {
  let reason: string | undefined
  if (event.RequestType !== 'Delete') {
    reason = await copyKeys(dependencies).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : 'no error'),
    )
  }
  await answer(event, dependencies.store.arn, reason)
}

/** The current key; and where the store is another one than before, the one before it, whose URLs are still about. */
async function copyKeys({ vault, store, now }: KeyDependencies): Promise<void> {
  const current = await vault.read('AWSCURRENT')
  if (!current) throw new Error('expected a version of the secret that is AWSCURRENT but found none')
  await copyKey(store, current)
  const previous = await vault.read('AWSPREVIOUS')
  const lives = current.older.some(({ kid, until }) => kid === previous?.kid && until * 1000 > now())
  if (previous && lives) await copyKey(store, previous)
}

/** Source: CloudFormation user guide, "Custom resource response objects". The URL is S3's, and signed without a content type. */
async function answer(event: DeploymentEvent, storeArn: string, reason: string | undefined): Promise<void> {
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId = storeArn } = event
  const Status = reason === undefined ? 'SUCCESS' : 'FAILED'
  const response = { Status, Reason: reason, PhysicalResourceId, StackId, RequestId, LogicalResourceId }
  const body = Buffer.from(JSON.stringify(response))
  for (let attempt = 1; ; attempt++) {
    try {
      const { ok, status } = await fetch(event.ResponseURL, {
        method: 'PUT',
        headers: { 'content-type': '' },
        body,
      })
      if (ok) return
      throw new Error(`expected CloudFormation to take the answer but received ${status}`)
    } catch (error) {
      if (attempt === attempts) throw error
      await setTimeout(pauseMs)
    }
  }
}
