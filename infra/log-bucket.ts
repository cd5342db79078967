import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { tagPart } from './cost-tags.ts'
import type { Storage } from './storage-settings.ts'

/** Where the originals' access log begins in the log bucket. */
export const originalsLogPrefix = 'originals/'

/**
 * Returns the one bucket of `scope` for logs, made at the first call: private, encrypted, HTTPS only, each log removed after
 * `storage.logExpiryDays`. Whoever delivers other logs adds the statement of the service that writes them.
 */
export function createLogBucket(scope: Construct, storage: Storage): Bucket {
  const there = scope.node.tryFindChild('Logs')
  if (there instanceof Bucket) return there
  const bucket = new Bucket(scope, 'Logs', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    // Not a key of KMS: S3's own log delivery writes to no bucket whose default is one, unless its policy is opened for that.
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    lifecycleRules: [
      {
        id: 'Expire',
        expiration: Duration.days(storage.logExpiryDays),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
    // CloudFormation removes no bucket that holds anything, and this one empties itself.
    removalPolicy: RemovalPolicy.RETAIN,
  })
  tagPart('logs', bucket)
  return bucket
}

/**
 * Lets S3 write the access log of `source` to `target`. Written out, because what the CDK does hangs on a feature flag of the
 * app around it: an ACL, which this bucket takes none of, or this statement.
 */
export function logAccess(source: Bucket, target: Bucket): void {
  const resource = source.node.defaultChild
  if (!(resource instanceof CfnBucket)) throw new Error('expected a CfnBucket inside the Bucket')
  resource.loggingConfiguration = {
    destinationBucketName: target.bucketName,
    logFilePrefix: originalsLogPrefix,
  }
  target.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [target.arnForObjects(`${originalsLogPrefix}*`)],
      conditions: {
        // Security: no other bucket, and none of another account, may fill this one in S3's name.
        ArnLike: { 'aws:SourceArn': source.bucketArn },
        StringEquals: { 'aws:SourceAccount': source.env.account },
      },
    }),
  )
}
