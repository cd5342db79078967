import type { EventFlow, EventRule, PollerSettings, QueueSettings } from './deployment.ts'
import { readFunction } from './read-function.ts'
import { openProperties, type Resource, type Template } from './template.ts'

/** The way of a change of an original: bucket, rules, queues, and the functions that these invoke. */
export function readEventFlow(template: Template): EventFlow {
  const flag = 'NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled'
  return {
    sendsEvents: template
      .resources('AWS::S3::Bucket')
      .some(({ properties }) => properties.find(flag) === true),
    rules: template.resources('AWS::Events::Rule').flatMap((rule) => readRule(template, rule)),
    queues: template.resources('AWS::SQS::Queue').map(readQueue),
    pollers: template.resources('AWS::Lambda::EventSourceMapping').map((each) => readPoller(template, each)),
  }
}

/** A rule that runs by the clock, or is disabled, has nothing to do with originals. */
function readRule(template: Template, { logicalId, properties }: Resource): EventRule[] {
  const pattern = properties.find('EventPattern')
  if (pattern === undefined || properties.find('State') === 'DISABLED') return []
  const targets = properties.list('Targets').map((raw) => openProperties(raw, logicalId).text('Arn'))
  return [{ pattern, targets: targets.filter((id) => template.resource(id).type === 'AWS::SQS::Queue') }]
}

function readQueue({ logicalId, properties }: Resource): QueueSettings {
  const deadLetters = properties.find('RedrivePolicy.deadLetterTargetArn')
  return {
    logicalId,
    // 30 s: the default of SQS.
    visibilitySeconds: Number(properties.find('VisibilityTimeout') ?? 30),
    deadLetters:
      typeof deadLetters === 'string'
        ? { logicalId: deadLetters, maxReceiveCount: properties.number('RedrivePolicy.maxReceiveCount') }
        : undefined,
  }
}

/** Defaults: CloudFormation template reference, AWS::Lambda::EventSourceMapping. */
function readPoller(template: Template, { properties }: Resource): PollerSettings {
  return {
    queue: properties.text('EventSourceArn'),
    function: readFunction(template, properties.text('FunctionName'), false),
    batchSize: Number(properties.find('BatchSize') ?? 10),
    windowSeconds: Number(properties.find('MaximumBatchingWindowInSeconds') ?? 0),
    maxConcurrency: Number(properties.find('ScalingConfig.MaximumConcurrency') ?? 5),
    reportsFailures: properties.list('FunctionResponseTypes').includes('ReportBatchItemFailures'),
  }
}
