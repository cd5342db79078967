import { createMetric } from '../metrics.ts'
import { colours, drawGraph, type Row, type View } from './panel.ts'

/** Are viewers served: requests, refusals, failures, how long misses take and, where pages report, what browsers measure. */
export function showViewers(view: View): Row {
  const { watched, settings } = view
  const { serverErrorPercent, forbiddenPercent, originP95Milliseconds } = settings.thresholds
  const metric = createMetric.bind(undefined, watched)
  return {
    question: 'Are viewers served?',
    well: `5xx below ${serverErrorPercent} %, 403 below ${forbiddenPercent} %, and a picture that has to be made begins within ${originP95Milliseconds} ms for 19 of 20.`,
    panels: [
      drawGraph(view, {
        title: 'Requests',
        region: 'edge',
        width: 6,
        lines: [metric('requests', { label: 'requests', color: colours.neutral })],
      }),
      drawGraph(view, {
        title: 'Refused and failed',
        region: 'edge',
        width: 9,
        unit: 'percent',
        lines: [
          metric('clientErrorRate', { label: '4xx', color: colours.warning }),
          metric('serverErrorRate', { label: '5xx', color: colours.bad }),
          metric('forbiddenRate', { label: '403' }),
          metric('missingRate', { label: '404' }),
          metric('badGatewayRate', { label: '502' }),
          metric('unavailableRate', { label: '503' }),
          metric('timeoutRate', { label: '504' }),
        ],
        marks: [
          { value: serverErrorPercent, label: 'alarm of 5xx', color: colours.bad },
          { value: forbiddenPercent, label: 'alarm of 403', color: colours.warning },
        ],
      }),
      drawGraph(view, {
        title: 'Time to the first byte of what is not in the cache',
        region: 'edge',
        width: 9,
        unit: 'ms',
        lines: ['p50', 'p95', 'p99'].map((statistic) =>
          metric('originLatency', { statistic, label: statistic }),
        ),
        marks: [{ value: originP95Milliseconds, label: 'alarm of p95', color: colours.bad }],
      }),
      ...(watched.appMonitor === undefined ? [] : showBrowsers(view)),
    ],
  }
}

/** Core Web Vitals at the 75th percentile, with the limits of "good" (web.dev, "Web Vitals"). */
function showBrowsers(view: View) {
  const metric = createMetric.bind(undefined, view.watched)
  return [
    drawGraph(view, {
      title:
        "In browsers: largest picture shown (LCP), answer to input (INP), three of four visitors' at most",
      region: 'own',
      width: 12,
      unit: 'ms',
      lines: [metric('largestPaint', { label: 'LCP' }), metric('nextPaint', { label: 'INP' })],
      marks: [
        { value: 2500, label: 'good LCP', color: colours.good },
        { value: 200, label: 'good INP', color: colours.good },
      ],
    }),
    drawGraph(view, {
      title: 'In browsers: shifts of layout (CLS), as above',
      region: 'own',
      width: 12,
      lines: [metric('layoutShift', { label: 'CLS' })],
      marks: [{ value: 0.1, label: 'good', color: colours.good }],
    }),
  ]
}
