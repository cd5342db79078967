/** What a metric is about; decides its dimensions and its region. */
export type Subject =
  | 'distribution'
  | 'edgeFunction'
  | 'transformer'
  | 'account'
  | 'bucket'
  | 'variants'
  | 'pages'

/** Where and with which dimensions metrics of a subject are published. */
interface SubjectRow {
  readonly namespace: string
  /** In the order in which the service names them. */
  readonly dimensions: readonly string[]
  /** `edge`: us-east-1, wherever the stack is; `own`: the stack's region. */
  readonly region: 'edge' | 'own'
}

/**
 * CloudFront's metrics have a second dimension, `Region=Global`, that the CDK's own helpers (2.276) leave out: without it a
 * query finds nothing and says no error. Source: CloudFront developer guide, "Types of metrics for CloudFront".
 * `Fovea` is what the transformer writes into its log in the embedded metric format.
 */
export const subjects: Readonly<Record<Subject, SubjectRow>> = {
  distribution: { namespace: 'AWS/CloudFront', dimensions: ['DistributionId', 'Region'], region: 'edge' },
  edgeFunction: { namespace: 'AWS/CloudFront', dimensions: ['FunctionName', 'Region'], region: 'edge' },
  transformer: { namespace: 'AWS/Lambda', dimensions: ['FunctionName'], region: 'own' },
  account: { namespace: 'AWS/Lambda', dimensions: [], region: 'own' },
  bucket: { namespace: 'AWS/S3', dimensions: ['BucketName', 'StorageType'], region: 'own' },
  variants: { namespace: 'Fovea', dimensions: ['service', 'format'], region: 'own' },
  pages: { namespace: 'AWS/RUM', dimensions: ['application_name'], region: 'own' },
}

/** A metric that is shown or watched. */
interface MetricRow {
  readonly of: Subject
  readonly metricName: string
  /** What it can be asked for here; the first is the default. CloudFront's have one valid statistic each. */
  readonly statistics: readonly [string, ...string[]]
}

const percentiles = ['p95', 'p50', 'p99'] as const

/** Every metric that is used, by the name it has here. */
export const metricTable = {
  requests: { of: 'distribution', metricName: 'Requests', statistics: ['Sum'] },
  bytesDownloaded: { of: 'distribution', metricName: 'BytesDownloaded', statistics: ['Sum'] },
  clientErrorRate: { of: 'distribution', metricName: '4xxErrorRate', statistics: ['Average'] },
  serverErrorRate: { of: 'distribution', metricName: '5xxErrorRate', statistics: ['Average'] },
  /**
   * Of all viewer requests those answered 403, whoever answered: CloudFront itself, a web ACL, the edge function, the transformer.
   * That an edge function's own answers are among them is read from "all viewer requests for which the response's HTTP status code
   * is 403" (CloudFront developer guide, "Types of metrics for CloudFront"), which excepts none and names none [inferred].
   */
  forbiddenRate: { of: 'distribution', metricName: '403ErrorRate', statistics: ['Average'] },
  missingRate: { of: 'distribution', metricName: '404ErrorRate', statistics: ['Average'] },
  badGatewayRate: { of: 'distribution', metricName: '502ErrorRate', statistics: ['Average'] },
  unavailableRate: { of: 'distribution', metricName: '503ErrorRate', statistics: ['Average'] },
  timeoutRate: { of: 'distribution', metricName: '504ErrorRate', statistics: ['Average'] },
  /**
   * Share of cacheable requests answered from the cache, in percent; errors are not cacheable requests (CloudFront developer
   * guide, "View CloudFront and edge function metrics"), so that refusals by the edge function do not count as misses.
   * Whether answers below 400 that the edge function makes itself (a hotlink's 302, explain's 200) count is not documented.
   */
  hitRate: { of: 'distribution', metricName: 'CacheHitRate', statistics: ['Average'] },
  /** From CloudFront's taking the request to its first byte, in ms, of requests not answered from the cache alone. */
  originLatency: { of: 'distribution', metricName: 'OriginLatency', statistics: percentiles },
  edgeRuns: { of: 'edgeFunction', metricName: 'FunctionInvocations', statistics: ['Sum'] },
  edgeExceptions: { of: 'edgeFunction', metricName: 'FunctionExecutionErrors', statistics: ['Sum'] },
  edgeInvalid: { of: 'edgeFunction', metricName: 'FunctionValidationErrors', statistics: ['Sum'] },
  edgeThrottles: { of: 'edgeFunction', metricName: 'FunctionThrottles', statistics: ['Sum'] },
  /** Time an edge function took, in percent of what it may take. */
  edgeUse: { of: 'edgeFunction', metricName: 'FunctionComputeUtilization', statistics: ['Average'] },
  runs: { of: 'transformer', metricName: 'Invocations', statistics: ['Sum'] },
  /** In ms; what is billed, but for the init of cold starts. */
  runTime: { of: 'transformer', metricName: 'Duration', statistics: ['Sum', ...percentiles] },
  crashes: { of: 'transformer', metricName: 'Errors', statistics: ['Sum'] },
  throttles: { of: 'transformer', metricName: 'Throttles', statistics: ['Sum'] },
  concurrency: { of: 'transformer', metricName: 'ConcurrentExecutions', statistics: ['Maximum'] },
  /** All functions of account and region; the metric that CloudWatch knows the quota of. */
  accountConcurrency: { of: 'account', metricName: 'ConcurrentExecutions', statistics: ['Maximum'] },
  /** What no other run can have: running without reservation, and reserved. Source: Lambda guide, "Monitoring concurrency". */
  claimedConcurrency: { of: 'account', metricName: 'ClaimedAccountConcurrency', statistics: ['Maximum'] },
  /** Bytes in the bucket, once a day. */
  storedBytes: { of: 'bucket', metricName: 'BucketSizeBytes', statistics: ['Average'] },
  variantTime: { of: 'variants', metricName: 'Duration', statistics: percentiles },
  coldStarts: { of: 'variants', metricName: 'ColdStart', statistics: ['Sum'] },
  made: { of: 'variants', metricName: 'Made', statistics: ['Sum'] },
  refused: { of: 'variants', metricName: 'Refused', statistics: ['Sum'] },
  failed: { of: 'variants', metricName: 'Failed', statistics: ['Sum'] },
  notModified: { of: 'variants', metricName: 'NotModified', statistics: ['Sum'] },
  bytesIn: { of: 'variants', metricName: 'BytesIn', statistics: ['Sum'] },
  bytesOut: { of: 'variants', metricName: 'BytesOut', statistics: ['Sum'] },
  bytesSaved: { of: 'variants', metricName: 'BytesSaved', statistics: ['Sum'] },
  pixels: { of: 'variants', metricName: 'Pixels', statistics: ['Sum'] },
  largestPaint: { of: 'pages', metricName: 'WebVitalsLargestContentfulPaint', statistics: ['p75'] },
  nextPaint: { of: 'pages', metricName: 'WebVitalsInteractionToNextPaint', statistics: ['p75'] },
  layoutShift: { of: 'pages', metricName: 'WebVitalsCumulativeLayoutShift', statistics: ['p75'] },
} as const satisfies Record<string, MetricRow>

/** The name of a row. */
export type MetricName = keyof typeof metricTable
