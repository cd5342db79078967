import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readEventFlow } from '../../../edge/template/read-event-flow.ts'
import { doctorTemplate } from './doctored-template.ts'

suite('readEventFlow', () => {
  test('takes the way of a change from the template, not from itself', async () => {
    const flow = readEventFlow(
      await doctorTemplate((find) => {
        const poller = find('AWS::Lambda::EventSourceMapping')
        Object.assign(poller, { BatchSize: 7, MaximumBatchingWindowInSeconds: 3 })
        poller.ScalingConfig.MaximumConcurrency = 4
        poller.FunctionResponseTypes = []
        find('AWS::SQS::Queue', 'Changes').VisibilityTimeout = 61
        find('AWS::SQS::Queue', 'Changes').RedrivePolicy.maxReceiveCount = 2
        find('AWS::Events::Rule').EventPattern.source = ['elsewhere']
      }),
    )
    assert.equal(flow.sendsEvents, true)
    const [dead, changes] = flow.queues
    assert.deepEqual(changes, {
      logicalId: changes?.logicalId,
      visibilitySeconds: 61,
      deadLetters: { logicalId: dead?.logicalId, maxReceiveCount: 2 },
    })
    assert.deepEqual([dead?.visibilitySeconds, dead?.deadLetters], [30, undefined])
    const [poller] = flow.pollers
    assert.match(poller?.function.folder ?? '', /asset\./)
    assert.deepEqual(
      { ...poller, function: poller?.function.handler },
      {
        queue: changes?.logicalId,
        function: 'index.handler',
        batchSize: 7,
        windowSeconds: 3,
        maxConcurrency: 4,
        reportsFailures: false,
      },
    )
    const bucket = { name: ['fovea-originals'] }
    assert.deepEqual(flow.rules, [
      {
        pattern: {
          source: ['elsewhere'],
          'detail-type': ['Object Created', 'Object Deleted'],
          detail: { bucket },
        },
        targets: [changes?.logicalId],
      },
    ])
  })

  test('has no way where the bucket is silent and the rule is disabled', async () => {
    const { sendsEvents, rules } = readEventFlow(
      await doctorTemplate((find) => {
        delete find('AWS::S3::Bucket', 'Originals').NotificationConfiguration
        find('AWS::Events::Rule').State = 'DISABLED'
      }),
    )
    assert.deepEqual([sendsEvents, rules], [false, []])
  })
})
