import { RemovalPolicy, Validations } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'

/** Returns the bucket of the originals: private, versioned, encrypted, HTTPS only. */
export function createOriginalBucket(scope: Construct): Bucket {
  const bucket = new Bucket(scope, 'Originals', {
    // Security: nothing here is ever public; the full-size masters leave only as variants, through the transformer.
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    // An original that was overwritten or deleted by mistake can be had back.
    versioned: true,
    // Originals outlive the stack: they cannot be made again.
    removalPolicy: RemovalPolicy.RETAIN,
  })
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'Server access logs, and a bucket for them, are not part of this stack yet.',
  })
  return bucket
}
