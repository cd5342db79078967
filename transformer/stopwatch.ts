/** Measures the steps of one request. */
export interface Stopwatch {
  /** The result of `work`, whose time is noted as `step`. */
  measure<T>(step: string, work: () => Promise<T>): Promise<T>
  /** Milliseconds by step, so far; of a step that was measured again, both. */
  steps(): Readonly<Record<string, number>>
  /** Milliseconds since the start. */
  total(): number
  /** The steps so far as a Server-Timing header, in milliseconds. Source: W3C Server Timing. */
  format(): string
}

/** A stopwatch that starts now. */
export function startStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const startedAt = now()
  const steps: Record<string, number> = {}
  const round = (ms: number) => Number(ms.toFixed(1))
  const total = () => round(now() - startedAt)
  return {
    async measure(step, work) {
      const since = now()
      try {
        return await work()
      } finally {
        steps[step] = round((steps[step] ?? 0) + now() - since)
      }
    },
    steps: () => steps,
    total,
    format: () =>
      Object.entries({ ...steps, total: total() })
        .map(([step, ms]) => `${step};dur=${ms.toFixed(1)}`)
        .join(', '),
  }
}
