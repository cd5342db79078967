import type { Outcome } from '../lambda/lambda.ts'
import type { Queue, ReceivedMessage } from './queue.ts'

export interface PollerOptions {
  queue: Queue
  /** ARN of the queue, for the event. */
  arn: string
  /** Messages of one invocation, at most. */
  batchSize: number
  /** Seconds that messages are gathered where they are fewer. */
  windowSeconds: number
  /** Invocations at a time. */
  maxConcurrency: number
  /** Whether the function says which messages failed; else all of a batch succeed or fail. */
  reportsFailures: boolean
  invoke(event: unknown): Promise<Outcome>
  /** Epoch milliseconds. */
  now: () => number
  /** Told when an invocation ended otherwise than with an answer. */
  say(line: string): void
}

/** Milliseconds between two looks at the queue. Lambda's own poller waits at the queue; nobody notices the difference. */
const lookMs = 50

/**
 * Lambda's poller of a queue: gathers messages, invokes, and deletes those that were dealt with. The others become visible again.
 * Source: Lambda guide, "Using Lambda with Amazon SQS".
 *
 * @returns what ends it.
 */
export function startPoller(options: PollerOptions): () => void {
  const { queue, batchSize, windowSeconds, maxConcurrency, now } = options
  let running = 0
  /** When the first of the waiting messages was seen. */
  let seenAt: number | undefined
  const timer = setInterval(() => {
    const visible = queue.countVisible()
    if (visible === 0) seenAt = undefined
    else seenAt ??= now()
    const due = seenAt !== undefined && (visible >= batchSize || now() - seenAt >= windowSeconds * 1000)
    if (!due || running >= maxConcurrency) return
    seenAt = undefined
    const messages = queue.receive(batchSize)
    if (messages.length === 0) return
    running++
    void deal(messages, options).finally(() => running--)
  }, lookMs)
  timer.unref()
  return () => clearInterval(timer)
}

async function deal(messages: readonly ReceivedMessage[], options: PollerOptions): Promise<void> {
  const { queue, arn, reportsFailures, invoke, say } = options
  const outcome = await invoke({ Records: messages.map((message) => formatRecord(message, arn)) })
  if (outcome.kind !== 'answered') {
    say(
      `queue: ${messages.length} messages stay, ${outcome.kind === 'failed' ? outcome.reason : outcome.kind}`,
    )
    return
  }
  const failed = reportsFailures ? readFailures(outcome.result, messages) : new Set<string>()
  for (const { messageId, receiptHandle } of messages) {
    if (!failed.has(messageId)) queue.delete(receiptHandle)
  }
}

function formatRecord({ messageId, receiptHandle, body, receiveCount }: ReceivedMessage, arn: string) {
  const attributes = { ApproximateReceiveCount: String(receiveCount) }
  const source = { eventSource: 'aws:sqs', eventSourceARN: arn, awsRegion: 'us-east-1' }
  return { messageId, receiptHandle, body, attributes, messageAttributes: {}, ...source }
}

/** "Lambda treats a batch as a complete failure" where an item is empty or unknown, as a success where the list is empty or missing. */
function readFailures(result: unknown, messages: readonly ReceivedMessage[]): Set<string> {
  const items =
    (result as { batchItemFailures?: { itemIdentifier?: unknown }[] } | null)?.batchItemFailures ?? []
  const ids = items.map(({ itemIdentifier }) => String(itemIdentifier ?? ''))
  const all = messages.map(({ messageId }) => messageId)
  return new Set(ids.every((id) => all.includes(id)) ? ids : all)
}
