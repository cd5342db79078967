import { answerParent } from '../child.ts'
import { readPeakMegabytes } from '../peak-memory.ts'
import type { PeerLap, PeerRequest } from './cells.ts'

/** Requests for variants of one size, several at a time. */
export interface Burst {
  request: PeerRequest
  count: number
  concurrency: number
}

/** What all variants of a burst took. */
export interface BurstFigures {
  /** By the clock, until the last was made. */
  ms: number
  cpuMs: number
}

/** What is sent to the process of a peer. */
export type PeerAsk = { make: PeerRequest } | { burst: Burst } | { describe: true }

/** What comes back. */
export type PeerReply = { lap: PeerLap } | { burst: BurstFigures } | { peakMegabytes: number }

/** How to read what a peer takes: by default of this process and its children. */
export interface Meters {
  /** Processor time so far, of all threads. */
  cpuMs(): number
  /** The largest resident size so far. */
  peakMegabytes(): number
}

const ownMeters: Meters = {
  cpuMs() {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  },
  peakMegabytes: readPeakMegabytes,
}

/** Makes this process one that makes variants, and says what each took. */
export function servePeer(
  make: (request: PeerRequest) => Promise<Uint8Array>,
  { cpuMs, peakMegabytes }: Meters = ownMeters,
): void {
  answerParent<PeerAsk, PeerReply>(async (ask) => {
    if ('describe' in ask) return { peakMegabytes: peakMegabytes() }
    const before = cpuMs()
    if ('burst' in ask) {
      const ms = await makeMany(make, ask.burst)
      return { burst: { ms, cpuMs: cpuMs() - before } }
    }
    const bytes = await make(ask.make)
    return { lap: { cpuMs: cpuMs() - before, bytes } }
  })
}

/** Milliseconds until all are made. */
async function makeMany(
  make: (request: PeerRequest) => Promise<Uint8Array>,
  { request, count, concurrency }: Burst,
): Promise<number> {
  let asked = 0
  const work = async () => {
    for (let at = asked++; at < count; at = asked++) {
      // None of them is asked twice in a row, should anybody remember.
      await make({ ...request, width: request.width - (at % concurrency) })
    }
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: concurrency }, work))
  return performance.now() - startedAt
}
