import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Match } from 'aws-cdk-lib/assertions'
import { defineSettings } from '../../infra/settings.ts'
import { synthesize, writeBuiltFiles } from './stand-in.ts'

const template = synthesize()
const QUEUE = { 'Fn::GetAtt': [Match.stringLikeRegexp('FreshnessChanges'), 'Arn'] }
const DEAD_LETTERS = { 'Fn::GetAtt': [Match.stringLikeRegexp('FreshnessDeadLetters'), 'Arn'] }

suite('changes of originals', () => {
  test('are told by the bucket, without a function that could change other buckets', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    })
    template.resourceCountIs('Custom::S3BucketNotifications', 0)
  })

  test('of this bucket alone, created, overwritten and deleted, come into the queue', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      State: 'ENABLED',
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created', 'Object Deleted'],
        detail: { bucket: { name: [{ Ref: Match.stringLikeRegexp('Originals') }] } },
      },
      Targets: [Match.objectLike({ Arn: QUEUE, DeadLetterConfig: { Arn: DEAD_LETTERS } })],
    })
  })

  test('wait for as long as Lambda may need, and are dead after hours of tries', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 180,
      SqsManagedSseEnabled: true,
      RedrivePolicy: { deadLetterTargetArn: DEAD_LETTERS, maxReceiveCount: 20 },
    })
    template.hasResourceProperties('AWS::SQS::Queue', {
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
      RedrivePolicy: Match.absent(),
    })
  })

  test('are refused over plain HTTP, and taken from the rule alone', () => {
    const policies = Object.values(template.findResources('AWS::SQS::QueuePolicy'))
    assert.equal(policies.length, 2)
    for (const { Properties } of policies) {
      const [deny, allow, ...others] = Properties.PolicyDocument.Statement
      assert.equal(others.length, 0)
      assert.deepEqual(deny.Condition, { Bool: { 'aws:SecureTransport': 'false' } })
      assert.deepEqual(allow.Principal, { Service: 'events.amazonaws.com' })
      assert.match(JSON.stringify(allow.Condition), /ArnEquals.*aws:SourceArn.*FreshnessRule/)
    }
  })

  test('are dealt with together, two batches at a time, failed ones apart', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: QUEUE,
      BatchSize: 1000,
      MaximumBatchingWindowInSeconds: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    })
  })
})

suite('the function that invalidates', () => {
  test('may invalidate this distribution, use this queue and write its own log: nothing else', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: Match.absent(),
      Policies: [
        {
          PolicyName: 'Invalidate',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'cloudfront:CreateInvalidation',
                Resource: {
                  'Fn::Join': ['', Match.arrayWith([{ Ref: Match.stringLikeRegexp('Distribution') }])],
                },
              },
            ],
          },
        },
        {
          PolicyName: 'UseQueue',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: [
                  'sqs:ChangeMessageVisibility',
                  'sqs:DeleteMessage',
                  'sqs:GetQueueAttributes',
                  'sqs:ReceiveMessage',
                  'sqs:SendMessage',
                ],
                Resource: QUEUE,
              },
            ],
          },
        },
        Match.objectLike({ PolicyName: 'WriteLog' }),
      ],
    })
  })

  test('runs Node 24 on arm64 and reserves nothing', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('cache'),
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: 30,
      ReservedConcurrentExecutions: Match.absent(),
    })
  })

  test('repeats after the last moment in which a render can come into the cache', () => {
    const slow = synthesize({ settings: defineSettings({ compute: { timeoutSeconds: 40 } }) })
    for (const [each, seconds] of [
      [template, 25],
      [slow, 55],
    ] as const) {
      each.hasResourceProperties('AWS::Lambda::Function', {
        Environment: { Variables: Match.objectLike({ FOVEA_REPEAT_SECONDS: String(seconds) }) },
      })
      const [distribution] = Object.values(each.findResources('AWS::CloudFront::Distribution'))
      const [origin] = distribution?.Properties.DistributionConfig.Origins ?? []
      assert.equal(origin.CustomOriginConfig.OriginReadTimeout, seconds)
    }
  })

  test('does not repeat where the settings say so', () => {
    synthesize({ settings: defineSettings({ freshness: 'once' }) }).hasResourceProperties(
      'AWS::Lambda::Function',
      { Environment: { Variables: Match.objectLike({ FOVEA_REPEAT_SECONDS: '0' }) } },
    )
  })

  test('is left out where the settings say so, queue and events with it', () => {
    const off = synthesize({ settings: defineSettings({ freshness: 'off' }) })
    for (const type of ['AWS::SQS::Queue', 'AWS::Events::Rule', 'AWS::Lambda::EventSourceMapping']) {
      off.resourceCountIs(type, 0)
    }
    off.hasResourceProperties('AWS::S3::Bucket', { NotificationConfiguration: Match.absent() })
  })

  test('must be built', () => {
    const builtFiles = { ...writeBuiltFiles(), functionsFolder: '/nowhere' }
    const settings = defineSettings({ keys: false })
    assert.throws(() => synthesize({ builtFiles, settings }), /\/nowhere\/freshness holds no index\.js/)
  })
})
