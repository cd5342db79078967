import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { createInvalidationApi } from '../../../../edge/control-plane/invalidation-api.ts'
import { createQueueApi } from '../../../../edge/queue/api.ts'
import { createQueue } from '../../../../edge/queue/queue.ts'
import { formatCacheTag } from '../../../../grammar/cache-tag.ts'
import type { BatchResponse, QueueEvent } from '../../../../infra/functions/freshness/handler.ts'

const credentials = { accessKeyId: 'LOCALROLE', secretAccessKey: 'of no use elsewhere' }
let taken: (readonly string[])[] = []
const cloudFront = createInvalidationApi({
  distributionId: 'Distribution1',
  invalidate: (items) => void taken.push(items),
  credentials,
  now: Date.now,
})
const changes = createQueue({ visibilitySeconds: 180 }, Date.now)
const sqs = createQueueApi({
  findQueue: (name) => (name === 'changes' ? changes : undefined),
  credentials,
  now: Date.now,
})
const tag = formatCacheTag('a.jpg')
const event: QueueEvent = {
  Records: [
    {
      messageId: 'm1',
      receiptHandle: 'r1',
      body: JSON.stringify({
        source: 'aws.s3',
        'detail-type': 'Object Created',
        detail: { object: { key: 'a.jpg' } },
      }),
      attributes: { ApproximateReceiveCount: '1' },
    },
  ],
}

/** Runs the function as it is set up for these distributions. */
async function run(distributionIds: string): Promise<BatchResponse> {
  taken = []
  process.env.FOVEA_DISTRIBUTION_IDS = distributionIds
  // Settings are read when the module is loaded: once for each query.
  const { handler } = await import(`../../../../infra/functions/freshness/lambda.ts?${distributionIds}`)
  return handler(event)
}

suite('the function that invalidates', () => {
  before(async () => {
    const queueUrl = await sqs.listen()
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_CLOUDFRONT: await cloudFront.listen(),
      AWS_ENDPOINT_URL_SQS: queueUrl,
      FOVEA_QUEUE_URL: `${queueUrl}/000000000000/changes`,
      FOVEA_REPEAT_SECONDS: '0',
    })
  })
  after(() => Promise.all([cloudFront.close(), sqs.close()]))

  test('invalidates in its distribution', async () => {
    assert.deepEqual(await run('Distribution1'), { batchItemFailures: [] })
    assert.deepEqual(taken, [[`#${tag}`]])
  })

  test('invalidates in each of several, by a request of its own', async () => {
    assert.deepEqual(await run('Distribution1,Distribution1'), { batchItemFailures: [] })
    assert.deepEqual(taken, [[`#${tag}`], [`#${tag}`]])
  })

  test('keeps the message where one of them could not be invalidated', async () => {
    assert.deepEqual(await run('Distribution1,Gone'), { batchItemFailures: [{ itemIdentifier: 'm1' }] })
    assert.deepEqual(taken, [[`#${tag}`]])
  })
})
