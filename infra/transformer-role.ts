import { Aws, type CfnElement, Stack, Validations } from 'aws-cdk-lib'
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { ILogGroup } from 'aws-cdk-lib/aws-logs'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { Settings } from './settings.ts'
import type { ExistingBucket } from './storage-settings.ts'

/**
 * Returns the transformer's role: reads originals, restores archived ones where `restores` says so, writes its own log, nothing
 * else.
 * Security: written out by hand, because `grantRead` gives `s3:GetObject*`, `GetBucket*` and `List*`, and the managed
 * AWSLambdaBasicExecutionRole lets a function write to every log group of the account.
 */
export function createTransformerRole(
  scope: Construct,
  { compute, restoreArchived, storage }: Settings,
  bucket: IBucket,
  logGroup: ILogGroup,
): Role {
  const role = new Role(scope, 'TransformerRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      ReadOriginals: document(readOriginals(bucket, storage.bucket, restoreArchived !== undefined)),
      // The group's ARN ends in `:*`, its streams.
      WriteLog: document([allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn)]),
      // X-Ray knows no resources to name (service authorization reference).
      ...(compute.tracing && {
        WriteTraces: document([allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')]),
      }),
    },
  })
  acknowledgeRules(role, bucket, compute.tracing)
  return role
}

function readOriginals(
  bucket: IBucket,
  existing: ExistingBucket | undefined,
  restores: boolean,
): PolicyStatement[] {
  // Security: should the bucket ever be deleted, whoever makes another one of its name feeds this deployment nothing.
  const owner = existing && { StringEquals: { 's3:ResourceAccount': existing.account ?? Aws.ACCOUNT_ID } }
  return [
    allow(['s3:GetObject', ...(restores ? ['s3:RestoreObject'] : [])], bucket.arnForObjects('*'), owner),
    // Never used to list: without it S3 answers 403 instead of 404 for a missing key.
    allow('s3:ListBucket', bucket.bucketArn, owner),
    ...(existing?.keyArn ? [allow('kms:Decrypt', existing.keyArn)] : []),
  ]
}

/** What cdk-nag's AwsSolutions rules find here; it names each finding after its resource, so that no other wildcard passes with it. */
function acknowledgeRules(role: Role, bucket: IBucket, tracing: boolean): void {
  const own = bucket.node.defaultChild
  const arn = own
    ? `<${Stack.of(bucket).getLogicalId(own as CfnElement)}.Arn>`
    : `arn:<AWS::Partition>:s3:::${bucket.bucketName}`
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${arn}/*]`,
    reason: 'Every object of this one bucket is an original, whatever its key.',
  })
  if (!tracing) return
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'X-Ray takes no resource in a policy.',
  })
}

function document(statements: PolicyStatement[]): PolicyDocument {
  return new PolicyDocument({ statements })
}

/** A statement that allows these actions on one resource. */
export function allow(
  actions: string | readonly string[],
  resource: string,
  conditions?: Record<string, Record<string, string>>,
): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [actions].flat(),
    resources: [resource],
    conditions,
  })
}
