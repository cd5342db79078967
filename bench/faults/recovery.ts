/** An answer, as far as recovery is concerned. */
export interface Outcome {
  /** Epoch milliseconds. */
  sentAt: number
  endedAt: number
  failed: boolean
}

/** Milliseconds without an error that count as recovered. */
export const cleanMs = 1000

/**
 * Milliseconds from `liftedAt` to the first second in which what was asked for was answered without an error; undefined where there
 * was none until `now`. What was sent before does not count, whenever it ended.
 */
export function findRecovery(
  outcomes: readonly Outcome[],
  liftedAt: number,
  now: number,
): number | undefined {
  const after = outcomes.filter(({ sentAt }) => sentAt >= liftedAt)
  const lastFailure = Math.max(
    liftedAt,
    ...after.filter(({ failed }) => failed).map(({ sentAt }) => sentAt + 1),
  )
  const answered = after.some(
    ({ failed, sentAt, endedAt }) => !failed && sentAt >= lastFailure && endedAt <= now,
  )
  return answered && now - lastFailure >= cleanMs ? Math.round(lastFailure - liftedAt) : undefined
}
