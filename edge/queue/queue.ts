import { randomUUID } from 'node:crypto'

/** A message that was received, and is hidden from others for a while. */
export interface ReceivedMessage {
  messageId: string
  /** Of this receiving: another one each time. */
  receiptHandle: string
  body: string
  /** This time included. */
  receiveCount: number
}

/** A standard queue of SQS, in memory. */
export interface Queue {
  send(body: string, delaySeconds?: number): string
  /** At most `max` messages that are visible; those received too often go to the dead letters instead. */
  receive(max: number): ReceivedMessage[]
  /** Does nothing for a receiving that another one has followed. */
  delete(receiptHandle: string): void
  /** False where there is no such receiving. */
  changeVisibility(receiptHandle: string, seconds: number): boolean
  /** Messages that could be received now. */
  countVisible(): number
  /** All messages, those hidden or delayed too. */
  count(): number
}

export interface QueueOptions {
  /** Seconds that a received message is hidden. */
  visibilitySeconds: number
  deadLetters?: { queue: Queue; maxReceiveCount: number }
}

interface StoredMessage extends ReceivedMessage {
  /** Epoch milliseconds. */
  visibleAt: number
}

/** An empty queue. `now` in epoch milliseconds. Source: SQS developer guide, "Visibility timeout", "Dead-letter queues". */
export function createQueue({ visibilitySeconds, deadLetters }: QueueOptions, now: () => number): Queue {
  const messages = new Map<string, StoredMessage>()
  const find = (handle: string) =>
    [...messages.values()].find(({ receiptHandle }) => receiptHandle === handle)
  const listVisible = () => [...messages.values()].filter(({ visibleAt }) => visibleAt <= now())

  function take(message: StoredMessage): ReceivedMessage[] {
    if (deadLetters && message.receiveCount >= deadLetters.maxReceiveCount) {
      messages.delete(message.messageId)
      deadLetters.queue.send(message.body)
      return []
    }
    message.receiveCount++
    message.receiptHandle = randomUUID()
    message.visibleAt = now() + visibilitySeconds * 1000
    return [{ ...message }]
  }

  return {
    send(body, delaySeconds = 0) {
      const messageId = randomUUID()
      const visibleAt = now() + delaySeconds * 1000
      messages.set(messageId, { messageId, body, receiptHandle: '', receiveCount: 0, visibleAt })
      return messageId
    },
    receive: (max) => listVisible().slice(0, max).flatMap(take),
    delete(receiptHandle) {
      const message = find(receiptHandle)
      if (message) messages.delete(message.messageId)
    },
    changeVisibility(receiptHandle, seconds) {
      const message = find(receiptHandle)
      if (message) message.visibleAt = now() + seconds * 1000
      return message !== undefined
    },
    countVisible: () => listVisible().length,
    count: () => messages.size,
  }
}
