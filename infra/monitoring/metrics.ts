import { Duration } from 'aws-cdk-lib'
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { type MetricName, metricTable, type Subject, subjects } from './metric-table.ts'

/** What is watched, by the names that its metrics have for dimensions; strings, so that it may be of another stack. */
export interface Watched {
  /** Undefined while there is none: a pipeline may be attached to one later. */
  readonly distributionId: string | undefined
  /** The edge functions, one for each kind of access; the first is that of all other behaviours. */
  readonly edgeFunctions: readonly { readonly name: string; readonly label: string }[]
  /** The name of the transformer's function. */
  readonly transformer: string
  readonly bucketName: string
  /** The region of transformer and bucket. */
  readonly region: string
  /** What the transformer reserves of the account's concurrency; undefined: nothing. */
  readonly reservedConcurrency: number | undefined
  readonly memoryMegabytes: number
  /** The name of the app monitor; undefined: none. */
  readonly appMonitor: string | undefined
}

/** What may differ from a metric's row. */
interface Wanted {
  /** One of the row's. */
  readonly statistic?: string
  /** Default: five minutes, CloudFront's own grain on graphs. */
  readonly period?: Duration
  readonly label?: string
  readonly color?: string
}

/** The region where CloudFront publishes its metrics, and where alarms on them must be. */
export const edgeRegion = 'us-east-1'

const fiveMinutes = Duration.minutes(5)

/** Returns a metric of its row. Of an edge function, `functionName` says which; default the first. */
export function createMetric(
  watched: Watched,
  name: MetricName,
  wanted: Wanted & { readonly functionName?: string } = {},
): Metric {
  const { of, metricName, statistics } = metricTable[name]
  const { namespace } = subjects[of]
  const statistic = wanted.statistic ?? statistics[0]
  if (!statistics.some((each) => each === statistic)) {
    throw new Error(
      `expected ${statistics.join(' or ')} for the statistic of ${name} but received ${statistic}`,
    )
  }
  return new Metric({
    namespace,
    metricName,
    dimensionsMap: dimensionsOf(of, watched, wanted.functionName),
    statistic,
    period: wanted.period ?? fiveMinutes,
    region: regionOf(watched, name),
    ...(wanted.label !== undefined && { label: wanted.label }),
    ...(wanted.color !== undefined && { color: wanted.color }),
  })
}

/**
 * Returns one line for each format that the transformer has answered in, or their sum.
 * Searched, so that a format appears with its first answer. Alarms cannot search (CloudWatch guide, "Search expressions").
 */
export function searchVariants(
  watched: Watched,
  name: MetricName,
  wanted: Wanted & { readonly sum?: boolean } = {},
): MathExpression {
  const { of, metricName, statistics } = metricTable[name]
  const { namespace, dimensions } = subjects[of]
  const period = wanted.period ?? fiveMinutes
  const schema = `{${[namespace, ...dimensions].join(',')}}`
  const statistic = wanted.statistic ?? statistics[0]
  const search = `SEARCH('${schema} MetricName="${metricName}" service="${watched.transformer}"', '${statistic}', ${period.toSeconds()})`
  return new MathExpression({
    expression: wanted.sum ? `SUM(${search})` : search,
    usingMetrics: {},
    period,
    // What CloudWatch puts there is the value of the line's own dimension.
    label: wanted.label ?? `\${PROP('Dim.format')}`,
    ...(wanted.color !== undefined && { color: wanted.color }),
    searchRegion: watched.region,
  })
}

/**
 * Returns one expression over the same metric of every edge function: `SUM` or `MAX`.
 * Over a list, since `a + b` is missing where one of them is, and functions without errors publish none.
 */
export function combineEdgeFunctions(
  watched: Watched,
  name: MetricName,
  by: 'SUM' | 'MAX',
  wanted: Wanted = {},
): IMetric {
  const metrics = watched.edgeFunctions.map(({ name: functionName }) =>
    createMetric(watched, name, { ...wanted, functionName }),
  )
  const [only, ...others] = metrics
  if (only && others.length === 0) return only
  const ids = metrics.map((_, at) => `f${at}`)
  return new MathExpression({
    expression: `${by}([${ids.join(', ')}])`,
    usingMetrics: Object.fromEntries(metrics.map((metric, at) => [`f${at}`, metric])),
    period: wanted.period ?? fiveMinutes,
    label: wanted.label ?? name,
  })
}

/** Returns the region of a metric. */
function regionOf(watched: Watched, name: MetricName): string {
  return subjects[metricTable[name].of].region === 'edge' ? edgeRegion : watched.region
}

function dimensionsOf(of: Subject, watched: Watched, functionName?: string): Record<string, string> {
  switch (of) {
    case 'distribution':
      return { DistributionId: known(of, watched.distributionId), Region: 'Global' }
    case 'edgeFunction':
      return { FunctionName: known(of, functionName ?? watched.edgeFunctions[0]?.name), Region: 'Global' }
    case 'transformer':
      return { FunctionName: watched.transformer }
    case 'account':
      return {}
    case 'bucket':
      return { BucketName: watched.bucketName, StorageType: 'StandardStorage' }
    case 'pages':
      return { application_name: known(of, watched.appMonitor) }
    case 'variants':
      throw new Error('expected searchVariants for a metric by format but received createMetric')
  }
}

/** A metric with an empty dimension would be one that nothing is ever published of. */
function known(of: Subject, name: string | undefined): string {
  if (name === undefined) throw new Error(`expected a name for the metrics of ${of} but received undefined`)
  return name
}
