import { Duration } from 'aws-cdk-lib'
import { type CostLine, listCostLines, storageCost } from '../costs.ts'
import { createMetric, edgeRegion, searchVariants } from '../metrics.ts'
import { formatPriceTable, pricesReadAt } from '../prices.ts'
import { colours, drawGraph, drawNumbers, type Row, type View, writeText } from './panel.ts'

/** What is saved and spent: bytes that viewers did not have to load, and what the parts cost by their use. */
export function showSpending(view: View): Row {
  const { watched } = view
  return {
    question: 'What is saved and spent?',
    well: 'Saved: bytes of originals less those of the variants made of them, once for each variant. Spent: by use, at list prices.',
    panels: [
      drawGraph(view, {
        title: 'Bytes of originals and variants made',
        region: 'own',
        width: 8,
        lines: [
          searchVariants(watched, 'bytesIn', { sum: true, label: 'originals read', color: colours.warning }),
          searchVariants(watched, 'bytesOut', { sum: true, label: 'variants', color: colours.neutral }),
          searchVariants(watched, 'bytesSaved', { sum: true, label: 'saved', color: colours.good }),
        ],
      }),
      drawGraph(view, {
        title: 'Bytes saved by format',
        region: 'own',
        width: 8,
        stacked: true,
        lines: [searchVariants(watched, 'bytesSaved')],
      }),
      drawGraph(view, {
        title: 'Pixels made by format',
        region: 'own',
        width: 8,
        stacked: true,
        lines: [searchVariants(watched, 'pixels')],
      }),
      ...drawCosts(view),
      drawNumbers(view, {
        title: 'Originals kept',
        region: 'own',
        width: 4,
        period: Duration.days(1),
        lines: [
          storageCost(watched),
          createMetric(watched, 'storedBytes', { period: Duration.days(1), label: 'bytes in S3 Standard' }),
        ],
      }),
      writeText(
        `**Prices of ${pricesReadAt}, us-east-1, without free allowances.** Those not confirmed come from reports.\n\n${formatPriceTable()}\n\nNot in the graphs: WAF, logs, secrets, the second region.`,
        8,
        9,
      ),
    ],
  }
}

/** One graph where all is in one region; else one for each, since arithmetic across regions is none. */
function drawCosts(view: View) {
  const lines = listCostLines(view.watched)
  const draw = (title: string, region: CostLine['region'], width: number, shown: readonly CostLine[]) =>
    drawGraph(view, {
      title,
      region,
      width,
      unit: '$ an hour',
      stacked: true,
      period: Duration.hours(1),
      lines: shown.map(({ dollars }) => dollars),
    })
  if (view.watched.region === edgeRegion) {
    return [draw('Estimated cost by the hour', 'edge', 12, lines)]
  }
  return [
    draw(
      'Estimated cost by the hour: edge',
      'edge',
      6,
      lines.filter(({ region }) => region === 'edge'),
    ),
    draw(
      'Estimated cost by the hour: making',
      'own',
      6,
      lines.filter(({ region }) => region === 'own'),
    ),
  ]
}
