import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch'
import type { Thresholds } from '../monitoring-settings.ts'
import type { AlarmName } from './alarm-table.ts'
import type { MetricName } from './metric-table.ts'
import { combineEdgeFunctions, createMetric, type Watched } from './metrics.ts'

/** An alarm and what it looks at. */
export interface PipelineAlarm {
  readonly name: AlarmName
  readonly metric: IMetric
}

/** Returns the alarms on metrics of us-east-1, where they must be themselves: CloudWatch has none across regions. */
export function listEdgeAlarms(watched: Watched, thresholds: Thresholds): readonly PipelineAlarm[] {
  return [
    { name: 'server-errors', metric: serverErrorShare(watched, thresholds) },
    { name: 'forbidden', metric: forbiddenShare(watched, thresholds) },
    { name: 'hit-ratio', metric: hitRatioWithTraffic(watched, thresholds) },
    { name: 'origin-latency', metric: createMetric(watched, 'originLatency') },
    { name: 'edge-errors', metric: combineEdgeFunctions(watched, 'edgeExceptions', 'SUM') },
    { name: 'edge-validation', metric: combineEdgeFunctions(watched, 'edgeInvalid', 'SUM') },
    { name: 'edge-compute', metric: combineEdgeFunctions(watched, 'edgeUse', 'MAX') },
  ]
}

/** Returns the alarms on metrics of the pipeline's own region. */
export function listTransformerAlarms(watched: Watched): readonly PipelineAlarm[] {
  return [
    { name: 'transformer-errors', metric: createMetric(watched, 'crashes') },
    { name: 'throttles', metric: createMetric(watched, 'throttles') },
    { name: 'concurrency', metric: concurrencyShare(watched) },
  ]
}

function serverErrorShare(watched: Watched, { serverErrorsAtLeast }: Thresholds): IMetric {
  return shareOfAnswers(watched, 'serverErrorRate', serverErrorsAtLeast, '5xx, percent of requests')
}

/** What is refused is no 5xx, and hides from all other alarms: without its key value store every signed URL is 403. */
function forbiddenShare(watched: Watched, { forbiddenAtLeast }: Thresholds): IMetric {
  return shareOfAnswers(watched, 'forbiddenRate', forbiddenAtLeast, '403, percent of requests')
}

/** Share of answers with some status in percent, 0 where they are so few that their share says nothing. */
function shareOfAnswers(watched: Watched, name: MetricName, atLeast: number, label: string): IMetric {
  return new MathExpression({
    expression: `IF(rate * requests / 100 >= ${atLeast}, rate, 0)`,
    usingMetrics: { rate: createMetric(watched, name), requests: createMetric(watched, 'requests') },
    label,
  })
}

/**
 * Hit ratio in percent; no data where there is too little traffic, by IF without its third argument
 * (CloudWatch guide, "Using metric math", examples of IF).
 * Over a day it is CloudWatch's average of what CloudFront published in it. Whether busy minutes weigh more than quiet ones in
 * that is not documented; the saved query of hits by format counts requests.
 */
function hitRatioWithTraffic(watched: Watched, { hitRequestsAtLeast }: Thresholds): IMetric {
  return new MathExpression({
    expression: `IF(requests >= ${hitRequestsAtLeast}, hits)`,
    usingMetrics: {
      hits: createMetric(watched, 'hitRate'),
      requests: createMetric(watched, 'requests'),
    },
    label: 'hits, percent of cacheable requests',
  })
}

/**
 * Share of concurrency in use, in percent: of what is reserved or, without reservation, of the account's quota, which
 * CloudWatch knows and follows (SERVICE_QUOTA). Of the account all functions use, since the rest is what is left for this one.
 */
function concurrencyShare(watched: Watched): IMetric {
  const { reservedConcurrency } = watched
  if (reservedConcurrency !== undefined) {
    return new MathExpression({
      expression: `100 * running / ${reservedConcurrency}`,
      usingMetrics: { running: createMetric(watched, 'concurrency') },
      label: 'percent of what is reserved',
    })
  }
  return new MathExpression({
    expression: '100 * claimed / SERVICE_QUOTA(running)',
    usingMetrics: {
      claimed: createMetric(watched, 'claimedConcurrency'),
      running: createMetric(watched, 'accountConcurrency'),
    },
    label: "percent of the account's quota",
  })
}
