import { randomUUID } from 'node:crypto'
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront'
import { ChangeMessageVisibilityBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { createFreshnessHandler } from './handler.ts'
import { formatRepeat } from './read-message.ts'

/** Messages whose time one request may change. Source: SQS API reference, ChangeMessageVisibilityBatch. */
const maxEntries = 10

const {
  FOVEA_DISTRIBUTION_IDS: distributionIds = '',
  FOVEA_QUEUE_URL: QueueUrl = '',
  FOVEA_REPEAT_SECONDS: repeatSeconds = '0',
} = process.env

/** CloudFront's API is global, and so is its endpoint. */
const cloudFront = new CloudFrontClient({ region: 'us-east-1' })
const queue = new SQSClient()

/** What Lambda calls. */
export const handler = createFreshnessHandler({
  async invalidate(tags) {
    const Items = tags.map((tag) => `#${tag}`)
    const outcomes = await Promise.allSettled(
      distributionIds.split(',').map((DistributionId) => {
        // New for each invalidation, the same for the client's own retries: CloudFront takes it for one request.
        const CallerReference = randomUUID()
        const InvalidationBatch = { CallerReference, Paths: { Quantity: Items.length, Items } }
        return cloudFront.send(new CreateInvalidationCommand({ DistributionId, InvalidationBatch }))
      }),
    )
    // Where one distribution fails, all are invalidated again: that does no harm, and is seldom.
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  },
  async repeatLater(tags) {
    const DelaySeconds = Number(repeatSeconds)
    if (DelaySeconds === 0) return
    await queue.send(new SendMessageCommand({ QueueUrl, MessageBody: formatRepeat(tags), DelaySeconds }))
  },
  async postpone(messages) {
    const all = messages.map(({ receiptHandle, seconds }, index) => ({
      Id: String(index),
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    }))
    const requests = []
    for (let start = 0; start < all.length; start += maxEntries) {
      const Entries = all.slice(start, start + maxEntries)
      requests.push(queue.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries })))
    }
    await Promise.all(requests)
  },
  report: (line) => console.log(JSON.stringify(line)),
})
