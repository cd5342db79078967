import type { Seen } from './alarms.ts'
import type { Flaw } from './judge.ts'
import type { Sweep } from './sweep.ts'

/** What a fault did to viewers. */
export interface FaultFigures {
  name: string
  /** Why it was not played. */
  obstacle?: string
  seconds: number
  requests: number
  /** Of these what was sent, or under way, while it lasted. */
  requestsDuring: number
  /** Before the fault, while it lasted, after it: answers that are neither right nor meant to be refused, by status; 0 is no answer. */
  errors: Record<'before' | 'during' | 'after', Record<number, number>>
  /** Of the errors while it lasted and after, those that no design allows, in words. */
  unexpected: string[]
  /** Bodies that are not what they should be, by what is wrong with them. */
  wrong: Partial<Record<Flaw, number>>
  /** Some of them, in words. */
  wrongExamples: string[]
  /** Answered while it lasted with what was overdue. */
  stale: number
  /** From its end to the first second without an error; null where that was not reached. */
  recoveryMs: number | null
  /** Milliseconds of hits while it lasted. */
  hitP95Ms: number
  /** What each alarm would have seen, had it lasted. */
  alarms: Seen[]
  sweep: Sweep
  notes: string[]
}

/** The figures of a fault that was not played. */
export function describeUnplayed(name: string, obstacle: string): FaultFigures {
  const [errors, sweep] = [
    { before: {}, during: {}, after: {} },
    { compared: 0, cached: 0, differ: [] },
  ]
  const lists = { unexpected: [], wrongExamples: [], alarms: [], notes: [] }
  return {
    name,
    obstacle,
    seconds: 0,
    requests: 0,
    requestsDuring: 0,
    errors,
    wrong: {},
    stale: 0,
    recoveryMs: 0,
    hitP95Ms: 0,
    sweep,
    ...lists,
  }
}
