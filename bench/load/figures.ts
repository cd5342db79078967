import type { HitsFigures } from '../hits/report.ts'
import type { CountedRun } from './counted.ts'
import type { OverloadFigures } from './overload.ts'
import type { Played } from './recorder.ts'

/** The trace, played. */
export interface TracePhase extends Played {
  /** Runs of the transformer; undefined where the target does not tell. */
  invocations?: number
}

/** What a run measured: of a target the trace alone. */
export interface LoadFigures {
  /** Where it is not the local edge of this run. */
  target?: string
  /** Undefined: an open loop. */
  connections?: number
  /** Hits as fast as they come, against a bare server. */
  raw?: HitsFigures
  trace?: TracePhase
  /** From nothing to the full rate, on new originals. */
  sale?: CountedRun
  /** All at once, on one new original. */
  burst?: CountedRun
  overload?: OverloadFigures
  /** The trace in a file, in place of a run. */
  exported?: { file: string; requests: number }
}
