// A signer with the key that is current, asked for again every five minutes: keys are rotated.
import { SecretsManager } from '@aws-sdk/client-secrets-manager'
import { createSigner } from 'fovea'

const refreshMs = 5 * 60 * 1000

/** Returns a function that returns the signer. `secretId` is the stack's output `SigningKeySecretArn`. */
export function openSigner(secretId, baseUrl, now = Date.now) {
  const secretsManager = new SecretsManager()
  let signer
  let askedAt = 0
  return async () => {
    if (signer && now() < askedAt + refreshMs) return signer
    try {
      const { SecretString } = await secretsManager.getSecretValue({ SecretId: secretId })
      const { kid, secret } = JSON.parse(SecretString)
      signer = createSigner({ baseUrl, kid, secret })
      askedAt = now()
    } catch (error) {
      // The key before stays valid for an hour at least after it was last current.
      if (!signer) throw error
    }
    return signer
  }
}
