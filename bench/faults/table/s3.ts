import type { Fault, World } from '../fault.ts'
import type { S3Trouble } from '../s3-proxy.ts'

/** Spoils S3's answers, and says how many. */
function spoil(trouble: S3Trouble) {
  return async ({ edge, note }: World) => {
    edge.s3.begin(trouble)
    return async () => {
      const { spoilt } = edge.s3
      edge.s3.end()
      note(`${spoilt} answers of S3 spoilt`)
    }
  }
}

/**
 * Few misses, and a process for each: what waits for S3 keeps its process, of which Lambda starts as many as there are runs, and
 * this machine cannot.
 */
const waiting = { edge: { sandboxes: 10 }, perSecond: { fresh: 0.6, aged: 0.4 } } as const

/** Lambda's timeout is 10 s: what hangs is given up shortly before. */
const pastDeadlineSeconds = 11

export const s3Faults: readonly Fault[] = [
  {
    name: 's3-slow',
    done: 'S3 answers 4 s late',
    design: 'misses wait; hits notice nothing; nobody sees an error',
    ...waiting,
    minSeconds: 6,
    allowed: {},
    alarms: ['origin-latency'],
    inject: spoil({ kind: 'slow', ms: 4000 }),
  },
  {
    name: 's3-5xx',
    done: 'S3 answers 503 SlowDown to everything',
    design: 'misses are 503, not kept; hits stay; what is overdue is served stale',
    allowed: { fresh: [503] },
    stale: ['aged'],
    alarms: ['server-errors'],
    inject: spoil({ kind: 'error', status: 503, code: 'SlowDown' }),
  },
  {
    name: 's3-cut',
    done: 'S3’s connections break off in the middle of the body',
    design: 'misses are 503, not kept, and never half a picture; hits stay',
    allowed: { fresh: [503] },
    alarms: ['server-errors'],
    inject: spoil({ kind: 'cut', share: 0.5 }),
  },
  {
    name: 's3-stalls',
    done: 'S3 sends half of a body and then nothing more',
    design: 'misses are 503 at the deadline, not kept; hits stay',
    ...waiting,
    minSeconds: pastDeadlineSeconds,
    allowed: { fresh: [503] },
    alarms: ['server-errors'],
    inject: spoil({ kind: 'stall', share: 0.5 }),
  },
  {
    name: 's3-hangs',
    done: 'S3 takes requests and never answers: runs hang past their deadline',
    design: 'misses are 503 at the deadline, not kept; hits stay; what is overdue is served stale',
    ...waiting,
    minSeconds: pastDeadlineSeconds,
    allowed: { fresh: [503] },
    stale: ['aged'],
    alarms: ['server-errors', 'origin-latency'],
    inject: spoil({ kind: 'silent' }),
  },
]
