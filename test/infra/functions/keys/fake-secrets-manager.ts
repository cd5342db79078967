import type { Credentials } from '../../../../edge/signature-v4.ts'
import { createSignedApi, type SignedApi } from '../../../../edge/signed-api.ts'

/** One secret of Secrets Manager, as far as a rotation function needs it, behind the service's own protocol. */
export interface FakeSecretsManager {
  arn: string
  /** Texts and stages by version id. */
  versions: Map<string, { text?: string; stages: Set<string> }>
  /** The text of the version of a stage. */
  read(stage: string): string | undefined
  /** Adds the empty version that a rotation begins with. */
  begin(versionId: string): void
  /** Calls so far, by name. */
  calls: string[]
  listen: SignedApi['listen']
  close: SignedApi['close']
}

type Input = Record<string, string | undefined>

export function createFakeSecretsManager(text: string, credentials: Credentials): FakeSecretsManager {
  const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:SigningKey-abcdef'
  const versions: FakeSecretsManager['versions'] = new Map([
    ['0'.repeat(36), { text, stages: new Set(['AWSCURRENT']) }],
  ])
  const calls: string[] = []
  const find = (stage = 'AWSCURRENT') => [...versions].find(([, { stages }]) => stages.has(stage))

  const moveStage = (stage: string, id: string) => {
    for (const { stages } of versions.values()) stages.delete(stage)
    versions.get(id)?.stages.add(stage)
  }

  const operations: Record<string, (input: Input) => object | string> = {
    DescribeSecret: () => ({
      ARN: arn,
      RotationEnabled: true,
      VersionIdsToStages: Object.fromEntries([...versions].map(([id, { stages }]) => [id, [...stages]])),
    }),
    GetSecretValue({ VersionId, VersionStage }) {
      const id = VersionId ?? find(VersionStage)?.[0] ?? ''
      const version = versions.get(id)
      const staged = VersionStage === undefined || version?.stages.has(VersionStage)
      if (version?.text === undefined || !staged) return 'ResourceNotFoundException'
      return { ARN: arn, VersionId: id, SecretString: version.text, VersionStages: [...version.stages] }
    },
    PutSecretValue({ ClientRequestToken: id = '', SecretString }) {
      const version = versions.get(id) ?? { stages: new Set() }
      if (version.text !== undefined && version.text !== SecretString) return 'ResourceExistsException'
      versions.set(id, { ...version, text: SecretString })
      moveStage('AWSPENDING', id)
      return { ARN: arn, VersionId: id }
    },
    UpdateSecretVersionStage({ VersionStage = '', MoveToVersionId = '', RemoveFromVersionId }) {
      const holder = find(VersionStage)?.[0]
      // "you must specify this parameter" where the stage is attached to another version: API reference.
      if (holder !== undefined && holder !== RemoveFromVersionId) return 'InvalidParameterException'
      if (!versions.has(MoveToVersionId)) return 'ResourceNotFoundException'
      moveStage(VersionStage, MoveToVersionId)
      if (VersionStage === 'AWSCURRENT' && holder) moveStage('AWSPREVIOUS', holder)
      return { ARN: arn }
    },
  }

  const headers = { 'content-type': 'application/x-amz-json-1.1' }
  const refuse = (status: number, code: string, message: string) => ({
    status,
    headers,
    body: JSON.stringify({ __type: code, Message: message }),
  })
  const api = createSignedApi({
    service: 'secretsmanager',
    credentials,
    now: Date.now,
    refuse,
    answer({ headers: given, body }) {
      const [, name = ''] = String(given['x-amz-target']).split('secretsmanager.')
      const input: Input = JSON.parse(body)
      calls.push(name)
      if (input.SecretId !== arn) return refuse(400, 'ResourceNotFoundException', 'No such secret.')
      const answer = operations[name]?.(input) ?? 'InvalidRequestException'
      if (typeof answer === 'string') return refuse(400, answer, 'Refused.')
      return { status: 200, headers, body: JSON.stringify(answer) }
    },
  })
  return {
    arn,
    versions,
    calls,
    read: (stage) => find(stage)?.[1].text,
    begin(versionId) {
      versions.set(versionId, { stages: new Set() })
      moveStage('AWSPENDING', versionId)
    },
    listen: api.listen,
    close: api.close,
  }
}
