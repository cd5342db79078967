import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource, LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'

/**
 * What is written of each request, about 500 bytes: CloudFront delivers 750 bytes a request to CloudWatch Logs for nothing
 * ("Amazon CloudFront pricing", pay as you go), so that this costs storage and queries alone.
 * Privacy: no address, no cookie, no user agent; whose page shows a picture, but not who looks at it.
 */
export const recordFields = [
  'date',
  'time',
  'x-edge-location',
  'cs-method',
  'cs-uri-stem',
  'cs-uri-query',
  'cs(Referer)',
  'sc-status',
  'sc-bytes',
  'sc-content-type',
  'time-taken',
  'time-to-first-byte',
  'x-edge-result-type',
  'x-edge-detailed-result-type',
  'x-edge-request-id',
  'origin-fbl',
  'origin-lbl',
] as const

/**
 * Returns the log group that a distribution's access logs go to: standard logging v2, JSON, usually within the hour.
 * A log group and not S3, whose delivery is free as well: saved queries work on it at once, where Athena would need a bucket,
 * a Glue table and partitions for the same three questions. Not in realtime: that needs a Kinesis stream.
 *
 * @param scope of a stack in us-east-1: only there can a distribution be a source.
 */
export function createAccessLogs(scope: Construct, distributionId: string, days: number): LogGroup {
  const stack = Stack.of(scope)
  const name = Names.uniqueResourceName(scope, { maxLength: 48, separator: '-' })
  const logGroup = new LogGroup(scope, 'AccessLog', {
    // The prefix keeps one policy for all such groups short (CloudWatch Logs guide, "Logs sent to CloudWatch Logs").
    logGroupName: `/aws/vendedlogs/fovea/${name}`,
    retention: days,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const policy = logGroup.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      // Ends in `:*`, its streams.
      resources: [logGroup.logGroupArn],
      // Security: for deliveries of this account alone.
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) },
      },
    }),
  )
  const source = new CfnDeliverySource(scope, 'AccessLogSource', {
    name: `${name}-source`,
    logType: 'ACCESS_LOGS',
    resourceArn: stack.formatArn({
      service: 'cloudfront',
      region: '',
      resource: 'distribution',
      resourceName: distributionId,
    }),
  })
  const destination = new CfnDeliveryDestination(scope, 'AccessLogDestination', {
    name: `${name}-destination`,
    destinationResourceArn: logGroup.logGroupArn,
    outputFormat: 'json',
  })
  const delivery = new CfnDelivery(scope, 'AccessLogDelivery', {
    deliverySourceName: source.name,
    deliveryDestinationArn: destination.attrArn,
    recordFields: [...recordFields],
  })
  // By name alone CloudFormation would not know the order.
  delivery.addResourceDependency(source)
  if (policy.policyDependable) delivery.node.addDependency(policy.policyDependable)
  return logGroup
}
