import { CfnOutput, type Stack } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { Settings } from './settings.ts'

/** A transformer, and the bucket that it reads. */
interface Reader {
  readonly bucket: IBucket
  readonly function: LambdaFunction
  readonly settings: Settings
}

/**
 * Writes, as outputs of `stack`, what the owner of a bucket of another account has to allow, since the transformer's role alone
 * cannot: `BucketPolicy` for the bucket and, where its objects have a key, `KeyPolicy` for the statements of that.
 */
export function createBucketPolicyOutputs(
  stack: Stack,
  { bucket, function: transformer, settings }: Reader,
): void {
  const existing = settings.storage.bucket
  const role = transformer.role
  if (!existing?.account || !role) return
  const principals = [role.grantPrincipal]
  const write = (
    id: string,
    description: string,
    statements: ConstructorParameters<typeof PolicyStatement>[0][],
  ) => {
    const document = new PolicyDocument({
      statements: statements.map((statement) => new PolicyStatement({ ...statement, principals })),
    })
    new CfnOutput(stack, id, { description, value: stack.toJsonString(document.toJSON()) })
  }
  write('BucketPolicy', `What the owner of ${existing.name} has to add to its policy`, [
    { actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] },
    { actions: ['s3:ListBucket'], resources: [bucket.bucketArn] },
  ])
  if (existing.keyArn) {
    write('KeyPolicy', `What the owner of ${existing.name} has to add to the policy of its key`, [
      // In a key's policy every key is this one.
      { actions: ['kms:Decrypt'], resources: ['*'] },
    ])
  }
}
