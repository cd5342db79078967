/** A metric as its publisher documents it. */
interface KnownMetric {
  dimensions: readonly string[]
  /** Valid statistics; `pNN` for percentiles. */
  statistics: readonly string[]
}

const percent = { dimensions: ['DistributionId', 'Region'], statistics: ['Average'] }
const sum = { dimensions: ['DistributionId', 'Region'], statistics: ['Sum'] }
const ofFunction = { dimensions: ['FunctionName', 'Region'], statistics: ['Sum'] }
const ofLambda = { dimensions: ['FunctionName'], statistics: ['Sum'] }
const ofAccount = { dimensions: [], statistics: ['Maximum'] }
const vital = { dimensions: ['application_name'], statistics: ['pNN'] }
const ours = { dimensions: ['service', 'format'], statistics: ['Sum'] }

/** Metrics by namespace and name, from the documentation that stands above each namespace. */
export const knownMetrics: Readonly<Record<string, Readonly<Record<string, KnownMetric>>>> = {
  // CloudFront developer guide, "Types of metrics for CloudFront" (distributions: one valid statistic each) and
  // "Monitor functions and edge functions with metrics" (functions: names and meanings).
  'AWS/CloudFront': {
    Requests: sum,
    BytesDownloaded: sum,
    BytesUploaded: sum,
    TotalErrorRate: percent,
    '4xxErrorRate': percent,
    '5xxErrorRate': percent,
    // From here to OriginLatency: with additional metrics only.
    '401ErrorRate': percent,
    '403ErrorRate': percent,
    '404ErrorRate': percent,
    '502ErrorRate': percent,
    '503ErrorRate': percent,
    '504ErrorRate': percent,
    CacheHitRate: percent,
    OriginLatency: { dimensions: ['DistributionId', 'Region'], statistics: ['pNN'] },
    FunctionInvocations: ofFunction,
    FunctionValidationErrors: ofFunction,
    FunctionExecutionErrors: ofFunction,
    FunctionThrottles: ofFunction,
    FunctionComputeUtilization: { dimensions: ['FunctionName', 'Region'], statistics: ['Average'] },
  },
  // Lambda developer guide, "Types of metrics for Lambda functions" and "Monitoring concurrency" (view with MAX).
  'AWS/Lambda': {
    Invocations: ofLambda,
    Errors: ofLambda,
    Throttles: ofLambda,
    Duration: { dimensions: ['FunctionName'], statistics: ['Sum', 'Average', 'Maximum', 'pNN'] },
    ConcurrentExecutions: { dimensions: ['FunctionName'], statistics: ['Maximum'] },
    'ConcurrentExecutions of the account': ofAccount,
    'ClaimedAccountConcurrency of the account': ofAccount,
  },
  // SQS developer guide, "Available CloudWatch metrics for Amazon SQS".
  'AWS/SQS': {
    ApproximateNumberOfMessagesVisible: {
      dimensions: ['QueueName'],
      statistics: ['Average', 'Minimum', 'Maximum', 'Sum'],
    },
  },
  // S3 user guide, "Metrics and dimensions": daily storage metrics.
  'AWS/S3': {
    BucketSizeBytes: { dimensions: ['BucketName', 'StorageType'], statistics: ['Average'] },
    ReplicationLatency: {
      dimensions: ['DestinationBucket', 'RuleId', 'SourceBucket'],
      statistics: ['Maximum'],
    },
  },
  // CloudWatch user guide, "CloudWatch metrics that you can collect with CloudWatch RUM".
  'AWS/RUM': {
    WebVitalsLargestContentfulPaint: vital,
    WebVitalsInteractionToNextPaint: vital,
    WebVitalsCumulativeLayoutShift: vital,
  },
  // What the transformer writes in the embedded metric format.
  Fovea: {
    Duration: { dimensions: ['service', 'format'], statistics: ['pNN'] },
    BytesIn: ours,
    BytesOut: ours,
    BytesSaved: ours,
    Pixels: ours,
    Made: ours,
    Refused: ours,
    Failed: ours,
    NotModified: ours,
    ColdStart: ours,
  },
}
