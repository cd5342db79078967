import type { MetricName } from '../metric-table.ts'
import { createMetric } from '../metrics.ts'
import { colours, drawGraph, type Row, type View } from './panel.ts'

/** Is the edge healthy: what the edge functions did, each with its own lines. */
export function showEdge(view: View): Row {
  const { watched, settings } = view
  const limit = settings.thresholds.computePercent
  const eachFunction = (name: MetricName, what = '') =>
    watched.edgeFunctions.map(({ name: functionName, label }) =>
      createMetric(watched, name, { functionName, label: what ? `${label}: ${what}` : label }),
    )
  return {
    question: 'Is the edge healthy?',
    well: `No errors at all: each is a 502 or 503 for a viewer. Below ${limit} % of the time that a function may take.`,
    panels: [
      drawGraph(view, { title: 'Runs', region: 'edge', width: 6, lines: eachFunction('edgeRuns') }),
      drawGraph(view, {
        title: 'Errors and throttles',
        region: 'edge',
        width: 9,
        lines: [
          ...eachFunction('edgeExceptions', 'threw'),
          ...eachFunction('edgeInvalid', 'invalid answer'),
          ...eachFunction('edgeThrottles', 'throttled'),
        ],
      }),
      drawGraph(view, {
        title: 'Compute utilization',
        region: 'edge',
        width: 9,
        unit: 'percent',
        most: 100,
        lines: eachFunction('edgeUse'),
        marks: [{ value: limit, label: 'alarm', color: colours.bad }],
      }),
    ],
  }
}
