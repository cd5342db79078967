import type { Encoder } from '../../transformer/plan/encoder.ts'
import { answerParent } from '../child.ts'
import { readPeakMegabytes } from '../peak-memory.ts'

/** A variant to make, as both sides are told. */
export interface Job {
  key: string
  /** Canonical. */
  query: string
  /** Pixels that come out. */
  width: number
  height: number
  encoder: Encoder
  /** Whether all frames of an animation are made. */
  moving?: boolean
  /** Whether transparency is laid on white. */
  flattened?: boolean
}

/** A variant made. */
export interface Lap {
  /** From the call to the answer. */
  ms: number
  /** Of all threads of the process, meanwhile. */
  cpuMs: number
  bytes: Uint8Array
}

/** What a contender tells of its process. */
export interface ProcessFigures {
  /** Largest resident size so far, that of its children included. */
  peakMegabytes: number
  /** Threads of libvips for one picture. */
  libvipsThreads: number
}

/** What is sent to a contender. */
export type ContenderRequest = { job: Job } | { describe: true }

/** What comes back. */
export type ContenderReply = { lap: Lap } | { figures: ProcessFigures }

/**
 * Makes this process a contender: it makes the variants that its parent asks for, one at a time.
 *
 * @param read takes the bytes out of an answer, when the clock has stopped.
 */
export function serveJobs<Answer>(
  make: (job: Job) => Promise<Answer>,
  read: (answer: Answer) => Uint8Array,
  countThreads: () => number,
): void {
  answerParent<ContenderRequest, ContenderReply>(async (request) => {
    if ('describe' in request) {
      return { figures: { peakMegabytes: readPeakMegabytes(), libvipsThreads: countThreads() } }
    }
    const cpuBefore = process.cpuUsage()
    const startedAt = performance.now()
    const answer = await make(request.job)
    const ms = performance.now() - startedAt
    const { user, system } = process.cpuUsage(cpuBefore)
    return { lap: { ms, cpuMs: (user + system) / 1000, bytes: read(answer) } }
  })
}
