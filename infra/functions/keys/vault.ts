import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import { readSigningSecret, type SigningSecret } from './signing-secret.ts'

/** The secret in Secrets Manager. Versions have ids, and stages (AWSCURRENT, AWSPENDING, AWSPREVIOUS) move from one to another. */
export interface Vault {
  /** Stages by the id of their version. */
  readStages(): Promise<Readonly<Record<string, readonly string[]>>>
  /** Undefined where no version has that stage, or not that version. */
  read(stage: string, versionId?: string): Promise<SigningSecret | undefined>
  /** Adds a version, as AWSPENDING; once more with the same text it does nothing. */
  add(versionId: string, text: string): Promise<void>
  /** Moves AWSCURRENT, and with it AWSPREVIOUS. */
  makeCurrent(versionId: string, instead: string | undefined): Promise<void>
}

/** Opens a secret by its ARN; nothing is sent yet. */
export function openVault(SecretId: string): Vault {
  const client = new SecretsManagerClient()
  return {
    async readStages() {
      const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }))
      return VersionIdsToStages
    },
    async read(VersionStage, VersionId) {
      try {
        const { SecretString } = await client.send(
          new GetSecretValueCommand({ SecretId, VersionStage, VersionId }),
        )
        return readSigningSecret(SecretString ?? '')
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined
        throw error
      }
    },
    async add(ClientRequestToken, SecretString) {
      await client.send(
        new PutSecretValueCommand({
          SecretId,
          ClientRequestToken,
          SecretString,
          VersionStages: ['AWSPENDING'],
        }),
      )
    },
    async makeCurrent(MoveToVersionId, RemoveFromVersionId) {
      const VersionStage = 'AWSCURRENT'
      await client.send(
        new UpdateSecretVersionStageCommand({ SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId }),
      )
    },
  }
}
