import { Duration } from 'aws-cdk-lib'
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch'
import { combineEdgeFunctions, createMetric, type Watched } from './metrics.ts'
import { formatUnitPrice } from './prices.ts'

/** What a part costs. */
export interface CostLine {
  /** Where its metrics are: arithmetic never crosses regions. */
  readonly region: 'edge' | 'own'
  /** Dollars in each period. */
  readonly dollars: IMetric
}

const hour = Duration.hours(1)

/** Returns what the parts that are paid by use cost by the hour, at list prices without free allowances. */
export function listCostLines(watched: Watched): readonly CostLine[] {
  const requests = createMetric(watched, 'requests', { period: hour })
  const hits = createMetric(watched, 'hitRate', { period: hour })
  const bytes = createMetric(watched, 'bytesDownloaded', { period: hour })
  const runs = createMetric(watched, 'runs', { period: hour })
  const time = createMetric(watched, 'runTime', { period: hour })
  const edgeRuns = combineEdgeFunctions(watched, 'edgeRuns', 'SUM', { period: hour })
  const line = (
    region: CostLine['region'],
    label: string,
    expression: string,
    usingMetrics: Record<string, IMetric>,
  ): CostLine => ({
    region,
    dollars: new MathExpression({ expression, usingMetrics, period: hour, label }),
  })
  const gigabytes = watched.memoryMegabytes / 1024
  return [
    line('edge', 'CloudFront: bytes', `bytes * ${formatUnitPrice('edgeBytes')}`, { bytes }),
    line('edge', 'CloudFront: requests', `requests * ${formatUnitPrice('edgeRequests')}`, { requests }),
    line('edge', 'CloudFront: functions', `edgeRuns * ${formatUnitPrice('edgeRuns')}`, { edgeRuns }),
    // What misses at an edge asks Origin Shield; its share of errors is left out.
    line('edge', 'Origin Shield', `requests * (100 - hits) / 100 * ${formatUnitPrice('originShield')}`, {
      requests,
      hits,
    }),
    // A run is billed by the millisecond of its duration; the init of a cold start comes on top.
    line('own', 'Lambda: time', `time / 1000 * ${gigabytes} * ${formatUnitPrice('runTime')}`, { time }),
    line('own', 'Lambda: runs', `runs * ${formatUnitPrice('runs')}`, { runs }),
    line('own', 'S3: reads', `runs * ${formatUnitPrice('reads')}`, { runs }),
  ]
}

/** Returns what keeping the originals costs a month, at the price of S3 Standard. */
export function storageCost(watched: Watched): IMetric {
  return new MathExpression({
    expression: `stored * ${formatUnitPrice('storage')}`,
    usingMetrics: { stored: createMetric(watched, 'storedBytes', { period: Duration.days(1) }) },
    period: Duration.days(1),
    label: 'S3: originals, $ a month',
  })
}
