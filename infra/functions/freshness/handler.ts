import { type Message, readMessage } from './read-message.ts'

/** An event of Lambda's poller, as far as it is read. Source: Lambda guide, "Using Lambda with Amazon SQS". */
export interface QueueEvent {
  readonly Records: readonly QueueRecord[]
}

export interface QueueRecord {
  readonly messageId: string
  readonly receiptHandle: string
  readonly body: string
  readonly attributes: { readonly ApproximateReceiveCount: string }
}

/** Which messages are to stay in the queue. Source: Lambda guide, "Implementing partial batch responses". */
export interface BatchResponse {
  batchItemFailures: { itemIdentifier: string }[]
}

/** A message that is tried again so many seconds from now. */
export interface Postponed {
  receiptHandle: string
  seconds: number
}

export interface FreshnessDependencies {
  /** Takes everything that carries one of these cache tags out of CloudFront's cache. At most {@link maxTags}. */
  invalidate(tags: readonly string[]): Promise<void>
  /** Has these tags invalidated once more, when every render that may have read the old original has ended. */
  repeatLater(tags: readonly string[]): Promise<void>
  postpone(messages: readonly Postponed[]): Promise<void>
  /** One line of log. */
  report(line: Record<string, unknown>): void
}

/**
 * Tags of one invalidation. A distribution may have 3,000 in progress, tags and paths together (CloudFront developer guide,
 * "Concurrent invalidation request maximum", "Maximum allowed"): a batch that is too large for what is left is refused whole, so
 * it is a sixth of them.
 */
export const maxTags = 500

/** Seconds before a message is tried again for the first time; twice as many each further time. */
const firstWaitSeconds = 10

/** With {@link firstWaitSeconds} and the queue's 20 receives: two and a half hours, more or less. */
const longestWaitSeconds = 900

/**
 * Returns the handler of a queue of changes: one invalidation for what changed meanwhile, however often, and a second one when
 * nothing can come of the old original any more. A message that cannot be dealt with stays in the queue, which counts its tries.
 */
export function createFreshnessHandler(dependencies: FreshnessDependencies) {
  return async ({ Records }: QueueEvent): Promise<BatchResponse> => {
    const received = Records.map((record) => ({ record, message: readMessage(record.body) }))
    const messages = received.flatMap(({ message }) => message ?? [])
    const left = await invalidateAll(messages, dependencies)
    const failed = received.filter(({ message }) => !message || message.tags.some((tag) => left.has(tag)))
    const unreadable = received.length - messages.length
    if (unreadable > 0) dependencies.report({ level: 'ERROR', message: 'unreadable messages', unreadable })
    await postpone(failed, dependencies)
    return { batchItemFailures: failed.map(({ record }) => ({ itemIdentifier: record.messageId })) }
  }
}

/** Returns the tags that are still to be invalidated. */
async function invalidateAll(
  messages: readonly Message[],
  { invalidate, repeatLater, report }: FreshnessDependencies,
): Promise<Set<string>> {
  const left = new Set(messages.flatMap(({ tags }) => tags))
  // What changed again while its repetition was waiting needs another one.
  const changed = new Set(messages.flatMap(({ tags, repeated }) => (repeated ? [] : tags)))
  const all = [...left]
  for (let start = 0; start < all.length; start += maxTags) {
    const tags = all.slice(start, start + maxTags)
    const again = tags.filter((tag) => changed.has(tag))
    try {
      await invalidate(tags)
      // After it: a repetition of what never happened would be lost money, and what is not repeated comes again itself.
      if (again.length > 0) await repeatLater(again)
    } catch (error) {
      // The next ones would meet the same limit, or the same trouble.
      report({ level: 'ERROR', message: 'not invalidated', reason: describe(error), left: left.size })
      return left
    }
    for (const tag of tags) left.delete(tag)
    report({ level: 'INFO', message: 'invalidated', tags: tags.length, toRepeat: again.length })
  }
  return left
}

/** Says when to try again: what cannot be read at once, so that it soon lies among the dead letters, the rest more and more rarely. */
async function postpone(
  failed: readonly { record: QueueRecord; message: Message | undefined }[],
  { postpone, report }: FreshnessDependencies,
): Promise<void> {
  if (failed.length === 0) return
  const postponed = failed.map(({ record, message }) => ({
    receiptHandle: record.receiptHandle,
    seconds: message ? planWait(Number(record.attributes.ApproximateReceiveCount)) : 0,
  }))
  try {
    await postpone(postponed)
  } catch (error) {
    // Then they come again when the queue's own time is up.
    report({ level: 'WARN', message: 'not postponed', reason: describe(error) })
  }
}

/** Seconds. Random in its upper half, so that a burst that was refused together does not come again together. */
function planWait(receiveCount: number): number {
  const wait = Math.min(firstWaitSeconds * 2 ** (receiveCount - 1), longestWaitSeconds)
  return Math.ceil(wait * (0.5 + Math.random() / 2))
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
