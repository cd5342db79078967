import type { Client, Received, Target } from './send.ts'

/** A part of the load. */
export interface Stream {
  name: string
  perSecond: number
  /** The next request; undefined where there are no more. */
  next(): Target | undefined
}

export interface Load {
  /** All that ended so far. */
  readonly received: readonly Received[]
  /** Until when, in epoch milliseconds, all that was sent since `from` has ended. */
  settledUntil(from: number): number
  /** Sends no more and waits for what is under way. */
  stop(): Promise<void>
}

const tickMs = 10

/**
 * Starts a steady open-loop load: requests go out when they are due, whether or not earlier ones were answered, as viewers do who
 * know nothing of each other.
 */
export function startLoad(url: string, client: Client, streams: readonly Stream[]): Load {
  const received: Received[] = []
  const underWay = new Map<Promise<void>, number>()
  const startedAt = performance.now()
  const sent = new Map<Stream, number>()
  const timer = setInterval(() => {
    const seconds = (performance.now() - startedAt) / 1000
    for (const stream of streams) {
      for (let count = sent.get(stream) ?? 0; count < seconds * stream.perSecond; count++) {
        sent.set(stream, count + 1)
        const target = stream.next()
        if (!target) continue
        const sending = client.send(url, target, stream.name).then((each) => {
          received.push(each)
          underWay.delete(sending)
        })
        underWay.set(sending, Date.now())
      }
    }
  }, tickMs)
  return {
    received,
    settledUntil: (from) =>
      Math.min(Date.now(), ...[...underWay.values()].filter((sentAt) => sentAt >= from)),
    async stop() {
      clearInterval(timer)
      await Promise.all(underWay.keys())
    },
  }
}

/** Targets one after the other, from the start again where `again`. */
export function inTurn(targets: readonly Target[], again = true): () => Target | undefined {
  let at = 0
  return () => targets[again ? at++ % targets.length : at++]
}
