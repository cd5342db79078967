import type { RunReport } from './run-report.ts'

/** Where runs are reported. */
export interface Telemetry {
  /** Loads what writing needs: to be called while something else is waited for. */
  prepare(): void
  /** Writes what there is to say of one run. Never throws. */
  write(report: RunReport): Promise<void>
}

/**
 * Telemetry by way of standard output, which Lambda takes to CloudWatch: one line to read and, where `metrics` says so, one
 * that becomes metrics. What writes them is loaded on first use: at the start it would cost 8 ms of each cold start, while an
 * original is on its way it costs none.
 */
export function createTelemetry(functionName: string, metrics: boolean): Telemetry {
  let loading: Promise<(report: RunReport) => void> | undefined
  const load = () => {
    loading ??= import('./powertools.ts').then(({ createWriter }) => createWriter(functionName, metrics))
    return loading
  }
  return {
    prepare: () => void load().catch(() => {}),
    async write(report) {
      try {
        ;(await load())(report)
      } catch (error) {
        // An answer is worth more than what is said of it.
        console.error(`telemetry: ${error instanceof Error ? error.stack : String(error)}`)
      }
    },
  }
}
