/** What a request of the trace is for, and so what it should be answered with. */
export type Intent = 'picture' | 'hotlink' | 'forged' | 'missing' | 'invalid'

/** A request of the trace, as CloudFront receives it. */
export interface TraceRequest {
  /** Milliseconds since the trace began. */
  atMs: number
  intent: Intent
  /** Encoded as sent. */
  path: string
  /** Without the question mark. */
  query: string
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>
  /** Number of the original: the first `originals` are the usual ones, those behind them the sale's. −1 where there is none. */
  original: number
  /** Whether the sale is on and this is of it. */
  sale: boolean
}
