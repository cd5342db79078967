/** Measures the steps of one request. */
export interface Stopwatch {
  /** The result of `work`, whose time is noted as `step`. */
  measure<T>(step: string, work: () => Promise<T>): Promise<T>
  /** The steps so far as a Server-Timing header, in milliseconds. Source: W3C Server Timing. */
  format(): string
}

/** A stopwatch that starts now. */
export function startStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const startedAt = now()
  const steps: string[] = []
  const note = (step: string, since: number) => `${step};dur=${(now() - since).toFixed(1)}`
  return {
    async measure(step, work) {
      const since = now()
      try {
        return await work()
      } finally {
        steps.push(note(step, since))
      }
    },
    format: () => [...steps, note('total', startedAt)].join(', '),
  }
}
