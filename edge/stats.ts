/** What the local edge has done since it started: counts of viewers' requests, unless a name says otherwise. */
export interface Stats {
  requests: number
  hits: number
  /** Fetched from the origin. */
  misses: number
  /** Fetches that the second origin of a group was asked, since the first had failed. */
  failovers: number
  /** Answered by a fetch that another request had begun. */
  collapsed: number
  /** Served stale, while or because the origin could not be asked. */
  stale: number
  /** Answered by the viewer function itself, or refused before it. */
  refused: number
  /** Answers of 500 and above. */
  errors: number
  /** Runs of the Lambda, throttled ones apart. */
  transformerInvocations: number
  throttled: number
  /** Items of invalidations that the API was asked for. */
  invalidated: number
}

/** Counts that begin at zero. */
export function createStats(): Stats {
  return {
    requests: 0,
    hits: 0,
    misses: 0,
    failovers: 0,
    collapsed: 0,
    stale: 0,
    refused: 0,
    errors: 0,
    transformerInvocations: 0,
    throttled: 0,
    invalidated: 0,
  }
}
