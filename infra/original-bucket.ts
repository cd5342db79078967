import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { tagPart } from './cost-tags.ts'
import { createLogBucket, logAccess } from './log-bucket.ts'
import { allowReplication, createReplicationRole, describeReplication } from './replication.ts'
import type { ArchiveRule, ExistingBucket, Storage } from './storage-settings.ts'

/**
 * Returns the bucket of the originals: the settings' own, or a new one that is private, versioned, encrypted and HTTPS only.
 *
 * @param replica where a new one copies them to.
 */
export function createOriginalBucket(scope: Construct, storage: Storage, replica?: IBucket): IBucket {
  return storage.bucket ? importBucket(scope, storage.bucket) : createBucket(scope, storage, replica)
}

function importBucket(scope: Construct, { name, account }: ExistingBucket): IBucket {
  const region = Stack.of(scope).region
  return Bucket.fromBucketAttributes(scope, 'Originals', { bucketName: name, account, region })
}

function createBucket(scope: Construct, storage: Storage, replica: IBucket | undefined): Bucket {
  const replicationRole = replica && createReplicationRole(scope)
  const bucket = new Bucket(scope, 'Originals', {
    // Security: nothing here is ever public; the full-size masters leave only as variants, through the transformer.
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    // An original that was overwritten or deleted by mistake can be had back.
    versioned: true,
    lifecycleRules: listLifecycleRules(storage),
    replicationRole,
    replicationRules: replica && [describeReplication(replica)],
    // Originals outlive the stack: they cannot be made again.
    removalPolicy: RemovalPolicy.RETAIN,
  })
  if (replica && replicationRole) allowReplication(scope, replicationRole, bucket, replica)
  if (storage.accessLog) {
    logAccess(bucket, createLogBucket(scope, storage))
  } else {
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'The setting storage.accessLog is off.',
    })
  }
  tagPart('storage', bucket)
  return bucket
}

/**
 * Objects below 128 KB stay where they are: S3 moves them nowhere unless told to, since a request to move one costs more than is
 * saved (S3 user guide, "Constraints and considerations for transitions", since September 2024).
 */
function listLifecycleRules(storage: Storage): LifecycleRule[] {
  return [
    {
      id: 'IncompleteUploads',
      abortIncompleteMultipartUploadAfter: Duration.days(storage.incompleteUploadDays),
    },
    {
      id: 'Noncurrent',
      noncurrentVersionTransitions: [
        {
          storageClass: StorageClass.DEEP_ARCHIVE,
          transitionAfter: Duration.days(storage.noncurrentArchiveDays),
        },
      ],
    },
    ...(storage.intelligentTiering
      ? [
          {
            id: 'Current',
            // None of its archive tiers is turned on: objects in those cannot be read until they are restored.
            transitions: [
              { storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) },
            ],
          },
        ]
      : []),
    ...storage.archive.map(archive),
  ]
}

/** Where rules overlap, S3 takes the cheaper class: this one, once its days have passed (S3 user guide, "Lifecycle conflicts"). */
function archive({ prefix, tag, afterDays }: ArchiveRule, at: number): LifecycleRule {
  return {
    id: `Archive${at + 1}`,
    prefix,
    tagFilters: tag && { [tag.key]: tag.value },
    transitions: [{ storageClass: StorageClass.DEEP_ARCHIVE, transitionAfter: Duration.days(afterDays) }],
  }
}
