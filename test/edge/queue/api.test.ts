import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { ChangeMessageVisibilityBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { createQueueApi } from '../../../edge/queue/api.ts'
import { createQueue } from '../../../edge/queue/queue.ts'

const credentials = { accessKeyId: 'LOCAL', secretAccessKey: 'of no use elsewhere' }
const queue = createQueue({ visibilitySeconds: 30 }, Date.now)
const api = createQueueApi({
  findQueue: (name) => (name === 'Changes' ? queue : undefined),
  credentials,
  now: Date.now,
})
let endpoint = ''
let client: SQSClient
const open = (given = credentials) =>
  new SQSClient({ region: 'us-east-1', endpoint, credentials: given, maxAttempts: 1 })

before(async () => {
  endpoint = await api.listen()
  client = open()
})
after(() => api.close())

suite("the API of a queue, to AWS's own client", () => {
  const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/Changes'

  test('takes messages and changes when they are seen', async () => {
    const { MessageId } = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'é"<&>' }))
    const [message] = queue.receive(1)
    assert.deepEqual([message?.messageId, message?.body], [MessageId, 'é"<&>'])
    const entries = [
      { Id: 'known', ReceiptHandle: message?.receiptHandle, VisibilityTimeout: 0 },
      { Id: 'unknown', ReceiptHandle: 'none', VisibilityTimeout: 0 },
    ]
    const { Successful, Failed } = await client.send(
      new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries: entries }),
    )
    assert.deepEqual([Successful?.map(({ Id }) => Id), Failed?.map(({ Id }) => Id)], [['known'], ['unknown']])
    assert.equal(queue.countVisible(), 1)
  })

  test('refuses what SQS would', async () => {
    const send = (input: object, by = client) =>
      by.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', ...input }))
    await assert.rejects(send({ DelaySeconds: 901 }), { name: 'InvalidParameterValueException' })
    await assert.rejects(send({ QueueUrl: `${QueueUrl}Other` }), { name: 'QueueDoesNotExist' })
    const stranger = open({ ...credentials, secretAccessKey: 'another' })
    await assert.rejects(send({}, stranger), { name: 'SignatureDoesNotMatch' })
  })

  test('refuses a body other than the one that was signed', async () => {
    const target = { 'x-amz-target': 'AmazonSQS.SendMessage', 'content-type': 'application/x-amz-json-1.0' }
    const body = JSON.stringify({ QueueUrl, MessageBody: 'x' })
    let signed: Record<string, string> = {}
    const tapped = open()
    tapped.middlewareStack.add(
      (next) => async (args) => {
        signed = (args.request as { headers: Record<string, string> }).headers
        return next(args)
      },
      { step: 'finalizeRequest', priority: 'low' },
    )
    await tapped.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
    const headers = Object.fromEntries(
      Object.entries(signed).filter(([name]) => !['content-length', 'host'].includes(name)),
    )
    const count = queue.count()
    const tampered = await fetch(endpoint, {
      method: 'POST',
      headers: { ...headers, ...target },
      body: `${body} `,
    })
    assert.equal(tampered.status, 403)
    assert.equal(queue.count(), count)
  })
})
