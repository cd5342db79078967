import { type CfnElement, Stack, Validations } from 'aws-cdk-lib'
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { ILogGroup } from 'aws-cdk-lib/aws-logs'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'

/**
 * Returns the transformer's role: reads originals, restores archived ones where `restores` says so, writes its own log, nothing
 * else.
 * Security: written out by hand, because `grantRead` gives `s3:GetObject*`, `GetBucket*` and `List*`, and the managed
 * AWSLambdaBasicExecutionRole lets a function write to every log group of the account.
 */
export function createTransformerRole(
  scope: Construct,
  bucket: IBucket,
  logGroup: ILogGroup,
  restores: boolean,
): Role {
  const role = new Role(scope, 'TransformerRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      ReadOriginals: new PolicyDocument({
        statements: [
          allow(['s3:GetObject', ...(restores ? ['s3:RestoreObject'] : [])], bucket.arnForObjects('*')),
          // Never used to list: without it S3 answers 403 instead of 404 for a missing key.
          allow('s3:ListBucket', bucket.bucketArn),
        ],
      }),
      // The group's ARN ends in `:*`, its streams.
      WriteLog: new PolicyDocument({
        statements: [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn)],
      }),
    },
  })
  // cdk-nag names the finding after the resource, so that no other wildcard is let pass with it.
  const bucketId = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnElement)
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/*]`,
    reason: 'Every object of this one bucket is an original, whatever its key.',
  })
  return role
}

function allow(actions: string | readonly string[], resource: string): PolicyStatement {
  return new PolicyStatement({ effect: Effect.ALLOW, actions: [actions].flat(), resources: [resource] })
}
