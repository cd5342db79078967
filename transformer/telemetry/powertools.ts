import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { RunReport } from './run-report.ts'

/** CloudWatch's namespace; a dashboard names it too. */
const namespace = 'Fovea'

/**
 * Returns what writes a report: a line of JSON, and a line in CloudWatch's embedded metric format where `metrics` is on.
 *
 * @param serviceName says whose it is, in log lines and as a dimension.
 */
export function createWriter(serviceName: string, metrics: boolean): (report: RunReport) => void {
  const logger = new Logger({ serviceName })
  const measure = metrics ? createMeasure(serviceName) : () => {}
  return (report) => {
    const level = report.outcome === 'failed' ? 'error' : report.warnings ? 'warn' : 'info'
    logger[level]({ message: 'request', ...report })
    measure(report)
  }
}

/**
 * One set of dimensions, service and format: CloudWatch bills each metric for each format that occurs. Counts are written
 * only where there is something to count. Source: CloudWatch user guide, "Embedded metric format specification".
 */
function createMeasure(serviceName: string): (report: RunReport) => void {
  const metrics = new Metrics({ namespace, serviceName })
  return (report) => {
    metrics.addDimension('format', report.error ? 'none' : (report.format ?? 'none'))
    for (const [name, unit, value] of listMetrics(report)) {
      if (value !== undefined) metrics.addMetric(name, unit, value)
    }
    metrics.publishStoredMetrics()
  }
}

type Unit = (typeof MetricUnit)[keyof typeof MetricUnit]

function listMetrics(report: RunReport): readonly (readonly [name: string, unit: Unit, value?: number])[] {
  const { Milliseconds, Bytes, Count } = MetricUnit
  const count = (holds: boolean) => (holds ? 1 : undefined)
  const { outcome } = report
  // A fallback is no variant that somebody asked for: it would blur what those cost and save.
  const { bytesIn, bytesOut, bytesSaved, pixels } = report.fallback ? {} : report
  return [
    ['Duration', Milliseconds, report.durationMs],
    ['BytesIn', Bytes, bytesIn],
    ['BytesOut', Bytes, bytesOut],
    ['BytesSaved', Bytes, bytesSaved],
    ['Pixels', Count, pixels],
    ['Made', Count, count(outcome === 'made' || outcome === 'passed' || outcome === 'described')],
    ['NotModified', Count, count(outcome === 'not-modified')],
    ['Refused', Count, count(outcome === 'refused')],
    ['Failed', Count, count(outcome === 'failed')],
    ['ColdStart', Count, count(report.coldStart)],
  ]
}
