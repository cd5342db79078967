import { type CfnElement, Duration, Stack, Validations } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { Policy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { type IBucket, type ReplicationRule, ReplicationTimeValue } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { tagPart } from './cost-tags.ts'
import { allow } from './transformer-role.ts'

/** The name of the one rule, which its metrics have for a dimension. */
export const replicationRuleId = 'SecondRegion'

/**
 * The rule that copies every new original, and every deletion, to `replica`. With replication time control: 99.99 % of new objects
 * within 15 minutes (S3 user guide, "Meeting compliance requirements using S3 Replication Time Control"); it brings the metrics.
 * What was in the bucket before the rule is not copied by it.
 */
export function describeReplication(replica: IBucket): ReplicationRule {
  return {
    id: replicationRuleId,
    priority: 1,
    destination: replica,
    // A deleted original must not come back when the second region answers.
    deleteMarkerReplication: true,
    // 15 minutes is the only value there is.
    replicationTimeControl: ReplicationTimeValue.FIFTEEN_MINUTES,
    metrics: ReplicationTimeValue.FIFTEEN_MINUTES,
  }
}

/** Returns the role that S3 copies with, still without rights: the bucket names it, and its rights name the bucket. */
export function createReplicationRole(scope: Construct): Role {
  const role = new Role(scope, 'ReplicationRole', { assumedBy: new ServicePrincipal('s3.amazonaws.com') })
  tagPart('storage', role)
  return role
}

/**
 * Lets `role` read versions of `originals`, and write copies and deletions to `replica`: nothing else.
 * Source: S3 user guide, "Setting up permissions for live replication". Written out, since the CDK's own reads ACLs and more.
 */
export function allowReplication(scope: Construct, role: Role, originals: IBucket, replica: IBucket): void {
  const policy = new Policy(scope, 'ReplicationPolicy', {
    roles: [role],
    statements: [
      allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], originals.bucketArn),
      allow(
        ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
        originals.arnForObjects('*'),
      ),
      allow(['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], replica.arnForObjects('*')),
    ],
  })
  for (const bucket of [originals, replica]) {
    Validations.of(policy).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${nameArn(bucket)}>/*]`,
      reason: 'Every object of this one bucket is copied, whatever its key.',
    })
  }
}

/** As cdk-nag names the ARN of a bucket, this stack's or another one's. */
function nameArn(bucket: IBucket): string {
  return `${Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnElement)}.Arn`
}

/**
 * Seconds by which the copies are behind, at most; "published in the Region of the destination bucket", where the alarm on it must be
 * (S3 user guide, "Using S3 Replication metrics"). One for each rule, with these dimensions and this statistic (S3 user guide,
 * "Metrics and dimensions").
 */
export function createReplicationMetric(originals: IBucket, replica: IBucket): Metric {
  return new Metric({
    namespace: 'AWS/S3',
    metricName: 'ReplicationLatency',
    dimensionsMap: {
      SourceBucket: originals.bucketName,
      DestinationBucket: replica.bucketName,
      RuleId: replicationRuleId,
    },
    statistic: 'Maximum',
    period: Duration.minutes(5),
  })
}
