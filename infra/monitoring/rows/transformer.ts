import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch'
import { createMetric, searchVariants } from '../metrics.ts'
import { colours, drawGraph, type Row, type View } from './panel.ts'

/** Is the transformer healthy: errors, throttles, concurrency, how long each format takes, cold starts. */
export function showTransformer(view: View): Row {
  const { watched } = view
  const metric = createMetric.bind(undefined, watched)
  return {
    question: 'Is the transformer healthy?',
    well: 'No throttles, hardly an error, and room below the limit of concurrency.',
    panels: [
      drawGraph(view, {
        title: 'Runs, errors, throttles',
        region: 'own',
        width: 8,
        lines: [
          metric('crashes', { label: 'crashed or out of time', color: colours.bad }),
          metric('throttles', { label: 'throttled', color: colours.warning }),
          searchVariants(watched, 'failed', { sum: true, label: 'answered 503' }),
        ],
        right: [metric('runs', { label: 'runs (right)', color: colours.neutral })],
      }),
      drawConcurrency(view),
      drawGraph(view, {
        title: 'Cold starts',
        region: 'own',
        width: 8,
        lines: [searchVariants(watched, 'coldStarts', { sum: true, label: 'cold starts' })],
      }),
      ...['p50', 'p95', 'p99'].map((statistic) =>
        drawGraph(view, {
          title: `Time by format, ${statistic}`,
          region: 'own',
          width: 8,
          unit: 'ms',
          lines: [searchVariants(watched, 'variantTime', { statistic })],
        }),
      ),
    ],
  }
}

/** Against what is reserved or, without reservation, against the account's quota, which all functions share. */
function drawConcurrency(view: View) {
  const { watched, settings } = view
  const { concurrencyPercent } = settings.thresholds
  const { reservedConcurrency } = watched
  const own = createMetric(watched, 'concurrency', { label: 'at once', color: colours.neutral })
  const shared = { title: 'Concurrency against the limit', region: 'own', width: 8 } as const
  if (reservedConcurrency !== undefined) {
    return drawGraph(view, {
      ...shared,
      lines: [own],
      marks: [
        { value: reservedConcurrency, label: 'reserved', color: colours.bad },
        {
          value: (reservedConcurrency * concurrencyPercent) / 100,
          label: 'alarm',
          color: colours.warning,
        },
      ],
    })
  }
  const quota = (expression: string, label: string, color: string) =>
    new MathExpression({
      expression,
      usingMetrics: { running: createMetric(watched, 'accountConcurrency') },
      label,
      color,
    })
  return drawGraph(view, {
    ...shared,
    lines: [
      own,
      createMetric(watched, 'claimedConcurrency', { label: 'all functions of the account' }),
      quota('SERVICE_QUOTA(running)', "the account's quota", colours.bad),
      quota(`SERVICE_QUOTA(running) * ${concurrencyPercent} / 100`, 'alarm', colours.warning),
    ],
  })
}
