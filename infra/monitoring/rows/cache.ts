import { Duration } from 'aws-cdk-lib'
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch'
import { createMetric, searchVariants, type Watched } from '../metrics.ts'
import { colours, drawGraph, type Row, type View } from './panel.ts'

/** Is the cache working: the true hit ratio against its target, and what came past it. */
export function showCache(view: View): Row {
  const { watched, settings } = view
  const target = settings.thresholds.hitPercent
  return {
    question: 'Is the cache working?',
    well: `At least ${target} % of what can be cached comes from the cache. Errors, and what the edge function answers itself, are not counted.`,
    panels: [
      drawGraph(view, {
        title: 'True hit ratio',
        region: 'edge',
        width: 12,
        unit: 'percent of cacheable requests',
        most: 100,
        lines: [
          createMetric(watched, 'hitRate', { label: 'hits', color: colours.good }),
          weightedHitRatio(watched),
        ],
        marks: [{ value: target, label: `target ${target} %`, color: colours.neutral }],
      }),
      drawGraph(view, {
        title: 'Bytes to viewers',
        region: 'edge',
        width: 6,
        lines: [createMetric(watched, 'bytesDownloaded', { label: 'bytes' })],
      }),
      drawGraph(view, {
        title: 'What came past the cache',
        region: 'own',
        width: 6,
        stacked: true,
        lines: [
          searchVariants(watched, 'made', { sum: true, label: 'made', color: colours.neutral }),
          searchVariants(watched, 'notModified', { sum: true, label: 'still right', color: colours.good }),
          searchVariants(watched, 'refused', { sum: true, label: 'refused', color: colours.warning }),
        ],
      }),
    ],
  }
}

/** One level line: the ratio of all that is shown, busy minutes counting as much as they were busy. */
function weightedHitRatio(watched: Watched): MathExpression {
  return new MathExpression({
    expression: 'TIME_SERIES(SUM(hits * requests) / SUM(requests))',
    usingMetrics: {
      hits: createMetric(watched, 'hitRate'),
      requests: createMetric(watched, 'requests'),
    },
    period: Duration.minutes(5),
    label: 'of the time shown, by requests',
    color: colours.neutral,
  })
}
