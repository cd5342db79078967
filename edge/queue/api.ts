/** The API of SQS (JSON protocol), as far as a function needs it that a queue calls: SendMessage, ChangeMessageVisibilityBatch. */
import { createHash, randomUUID } from 'node:crypto'
import type { Credentials } from '../signature-v4.ts'
import { type ApiAnswer, createSignedApi, type SignedApi } from '../signed-api.ts'
import type { Queue } from './queue.ts'

export interface QueueApiOptions {
  /** The queue of a URL's last segment. */
  findQueue(name: string): Queue | undefined
  credentials: Credentials
  now: () => number
}

/** Seconds; SQS API reference, SendMessage. */
const maxDelaySeconds = 900

/** Seconds, twelve hours; SQS API reference, ChangeMessageVisibility. */
const maxVisibilitySeconds = 43_200

type Operation = (queue: Queue, input: Record<string, unknown>) => ApiAnswer

const operations: Readonly<Record<string, Operation>> = {
  SendMessage(queue, { MessageBody, DelaySeconds = 0 }) {
    if (typeof MessageBody !== 'string' || MessageBody === '' || !isSeconds(DelaySeconds, maxDelaySeconds)) {
      return refuse(400, 'InvalidParameterValueException', 'MessageBody or DelaySeconds is invalid.')
    }
    const MessageId = queue.send(MessageBody, DelaySeconds)
    return answerJson({ MessageId, MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') })
  },
  ChangeMessageVisibilityBatch(queue, { Entries }) {
    const entries = (Array.isArray(Entries) ? Entries : []) as Record<string, unknown>[]
    if (entries.length < 1 || entries.length > 10) {
      return refuse(400, 'TooManyEntriesInBatchRequest', 'A batch has 1 to 10 entries.')
    }
    const done = entries.filter(
      ({ ReceiptHandle, VisibilityTimeout }) =>
        isSeconds(VisibilityTimeout, maxVisibilitySeconds) &&
        queue.changeVisibility(String(ReceiptHandle), VisibilityTimeout),
    )
    return answerJson({
      Successful: done.map(({ Id }) => ({ Id })),
      Failed: entries
        .filter((entry) => !done.includes(entry))
        .map(({ Id }) => ({ Id, SenderFault: true, Code: 'InvalidParameterValue' })),
    })
  },
}

export function createQueueApi({ findQueue, credentials, now }: QueueApiOptions): SignedApi {
  return createSignedApi({
    service: 'sqs',
    credentials,
    now,
    refuse,
    answer({ headers, body }) {
      const [, name = ''] = String(headers['x-amz-target']).split('AmazonSQS.')
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
      if (!operation) return refuse(400, 'UnknownOperationException', `The local queue has no ${name}.`)
      const input = JSON.parse(body)
      const queue = findQueue(String(input.QueueUrl).split('/').at(-1) ?? '')
      if (!queue) return refuse(400, 'QueueDoesNotExist', 'The specified queue does not exist.')
      return operation(queue, input)
    },
  })
}

function isSeconds(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
}

function answerJson(body: object): ApiAnswer {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() }
  return { status: 200, headers, body: JSON.stringify(body) }
}

function refuse(status: number, code: string, message: string): ApiAnswer {
  return { ...answerJson({ __type: `com.amazonaws.sqs#${code}`, message }), status }
}
