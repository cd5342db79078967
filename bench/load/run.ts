import { type ArrivalPlan, planArrivals } from './arrivals.ts'
import { playClosedLoop, playOpenLoop, type Send } from './play.ts'
import { showProgress } from './progress.ts'
import { createRecorder, type Played } from './recorder.ts'
import type { WireRequest } from './wire-request.ts'

/** How requests are played. */
export interface Manner extends ArrivalPlan {
  /** Of a closed loop. Undefined: an open loop, at the plan's arrivals. */
  connections?: number
}

/** Connections that an open loop opens at most. A browser has six to a host: so many are 85 viewers who wait at a time. */
export const openConnections = 512

/** Plays `requests`, with progress under `name` on a terminal. */
export async function runPhase(
  name: string,
  requests: Iterable<WireRequest>,
  manner: Manner,
  send: Send,
): Promise<Played> {
  const recorder = createRecorder()
  const stopShowing = showProgress(name, recorder)
  const iterator = limit(requests, manner.maxRequests)
  try {
    if (manner.connections === undefined) {
      await playOpenLoop(planArrivals(manner), iterator, send, recorder)
    } else {
      await playClosedLoop(manner.connections, manner.seconds, iterator, send, recorder)
    }
  } finally {
    stopShowing()
  }
  return recorder.read()
}

function* limit<Item>(items: Iterable<Item>, most: number): Generator<Item> {
  let count = 0
  for (const item of items) {
    if (count++ >= most) return
    yield item
  }
}
