import { openKeyStore } from '../../../signer/keys/key-store.ts'
import { type DeploymentEvent, deploy } from './deployment.ts'
import { type KeyDependencies, type RotationEvent, rotate } from './rotation.ts'
import { openVault } from './vault.ts'

const {
  FOVEA_SECRET_ARN: secretArn = '',
  FOVEA_KEY_VALUE_STORE_ARN: storeArn = '',
  FOVEA_KEY_VALUE_STORE_ENDPOINT: endpoint,
  FOVEA_OVERLAP_SECONDS: overlapSeconds = '',
  FOVEA_PROPAGATION_SECONDS: propagationSeconds = '',
} = process.env

const dependencies: KeyDependencies = {
  vault: openVault(secretArn),
  store: openKeyStore({ arn: storeArn, endpoint }),
  overlapSeconds: Number(overlapSeconds),
  propagationSeconds: Number(propagationSeconds),
  now: Date.now,
}

/** What CloudFormation calls when the stack is deployed, and Secrets Manager when the key is rotated. */
export async function handler(event: DeploymentEvent | RotationEvent): Promise<void> {
  try {
    if ('RequestType' in event) await deploy(event, dependencies)
    else if (event.SecretId === secretArn) await rotate(event, dependencies)
    else throw new Error(`expected ${secretArn} for SecretId but received another`)
  } catch (error) {
    // Security: only name and message. Lambda logs what is thrown with all its properties, and those of a client's error lead
    // to the request, which holds a secret.
    throw new Error(error instanceof Error ? `${error.name}: ${error.message}` : 'no error')
  }
  report(event)
}

/** Security: nothing of the event but what is named here. The answer's URL is a credential. */
function report(event: DeploymentEvent | RotationEvent): void {
  const what = 'RequestType' in event ? event.RequestType : event.Step
  const id = 'RequestType' in event ? event.RequestId : event.ClientRequestToken
  console.log(JSON.stringify({ level: 'INFO', message: 'keys', what, id }))
}
