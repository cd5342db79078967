import { Duration } from 'aws-cdk-lib'
import { Rule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { tagPart } from '../cost-tags.ts'
import { formatDistributionArn } from '../invoke-permissions.ts'
import { createSmallFunction } from '../small-function.ts'
import { allow } from '../transformer-role.ts'

export interface FreshnessProps {
  /** The originals. One that is not made here must send its events to EventBridge by itself. */
  readonly bucket: IBucket
  /** The distribution whose cache is kept right; {@link Freshness.addDistribution} adds others. */
  readonly distributionId: string
  /** Seconds until a render that read the old original has ended, at most; 0 for no second invalidation. */
  readonly repeatSeconds: number
  /** Of the built functions. */
  readonly functionsFolder: string
}

const timeoutSeconds = 30

/** Seconds that changes are gathered: what viewers wait longer for a new picture, and what a folder of them is uploaded in. */
const gatherSeconds = 5

/** Messages that are dealt with together, at most. */
const batchSize = 1000

/** Tries of one message until it lies among the dead letters: with the pauses of the function two and a half hours, more or less. */
const maxReceiveCount = 20

/** Created, overwritten and deleted originals take their variants out of CloudFront's cache: bucket → rule → queue → function. */
export class Freshness extends Construct {
  /** Changes that are not dealt with yet, and invalidations to repeat. */
  readonly queue: Queue
  /** Changes that nobody dealt with: their variants may be old for up to 30 days. Must be empty. */
  readonly deadLetterQueue: Queue
  readonly function: LambdaFunction
  readonly #distributionIds = new Set<string>()
  readonly #mayInvalidate: PolicyStatement

  constructor(scope: Construct, id: string, props: FreshnessProps) {
    super(scope, id)
    sendEvents(props.bucket)
    this.deadLetterQueue = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // The longest there is: who reads the alarm may be on holiday.
      retentionPeriod: Duration.days(14),
    })
    this.queue = new Queue(this, 'Changes', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Six times the function's timeout. Source: Lambda guide, "Configuring a queue to use with Lambda".
      visibilityTimeout: Duration.seconds(6 * timeoutSeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount },
    })
    new Rule(this, 'Rule', {
      description: 'Fovea: originals that are created, overwritten or deleted',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created', 'Object Deleted'],
        detail: { bucket: { name: [props.bucket.bucketName] } },
      },
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetterQueue })],
    })
    this.#mayInvalidate = allow('cloudfront:CreateInvalidation', formatDistributionArn(props.distributionId))
    this.function = this.#createFunction(props)
    this.addDistribution(props.distributionId)
    // Not an SqsEventSource, which would add a policy with what the role has already.
    new EventSourceMapping(this, 'Poller', {
      target: this.function,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      maxBatchingWindow: Duration.seconds(gatherSeconds),
      reportBatchItemFailures: true,
      // The least there is: more at a time would only meet CloudFront's limit of invalidations sooner.
      maxConcurrency: 2,
    })
    tagPart('freshness', this)
  }

  /** Has variants of changed originals taken out of the cache of this distribution too; once is enough. */
  addDistribution(distributionId: string): void {
    this.#distributionIds.add(distributionId)
    this.#mayInvalidate.addResources(formatDistributionArn(distributionId))
    this.function.addEnvironment('FOVEA_DISTRIBUTION_IDS', [...this.#distributionIds].join(','))
  }

  #createFunction({ repeatSeconds, functionsFolder }: FreshnessProps): LambdaFunction {
    return createSmallFunction(this, 'Invalidator', {
      description: 'Fovea: takes variants of changed originals out of the cache',
      folder: `${functionsFolder}/freshness`,
      timeoutSeconds,
      environment: {
        FOVEA_QUEUE_URL: this.queue.queueUrl,
        FOVEA_REPEAT_SECONDS: String(repeatSeconds),
      },
      allows: {
        Invalidate: [this.#mayInvalidate],
        UseQueue: [
          allow(
            [
              'sqs:ChangeMessageVisibility',
              'sqs:DeleteMessage',
              'sqs:GetQueueAttributes',
              'sqs:ReceiveMessage',
              'sqs:SendMessage',
            ],
            this.queue.queueArn,
          ),
        ],
      },
    })
  }
}

/** In the bucket's own properties: the CDK's `eventBridgeEnabled` would add a Lambda that may change every bucket. */
function sendEvents(bucket: IBucket): void {
  const resource = bucket.node.defaultChild
  if (resource instanceof CfnBucket) {
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } }
  }
}
