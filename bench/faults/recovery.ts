/** An answer, as far as recovery is concerned. */
export interface Outcome {
  /** Epoch milliseconds. */
  sentAt: number
  failed: boolean
}

/** Milliseconds without an error that count as recovered. */
export const cleanMs = 1000

/**
 * Milliseconds from `liftedAt` to the first second in which what was asked for was answered without an error; undefined where there
 * was none as yet. What was sent before does not count, whenever it ended.
 *
 * @param settledUntil until when all that was sent has ended: what is under way may still fail.
 */
export function findRecovery(
  outcomes: readonly Outcome[],
  liftedAt: number,
  settledUntil: number,
): number | undefined {
  const after = outcomes.filter(({ sentAt }) => sentAt >= liftedAt)
  const failures = after.filter(({ failed }) => failed).map(({ sentAt }) => sentAt + 1)
  const starts = [liftedAt, ...failures].sort((one, other) => one - other)
  const start = starts.find((from) => {
    const until = from + cleanMs
    const within = after.filter(({ sentAt }) => sentAt >= from && sentAt < until)
    return settledUntil >= until && within.length > 0 && within.every(({ failed }) => !failed)
  })
  return start === undefined ? undefined : Math.round(start - liftedAt)
}
