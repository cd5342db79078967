import { formatTable } from '../../docs/markdown.ts'
import { prices, type SourcedPrice } from '../cost/prices.ts'
import { type CostFigures, formatBreakEven, formatProcessorHour, formatRequests } from '../cost/report.ts'
import { drawBars } from './bars.ts'
import type { Section } from './section.ts'

const count = (value: number) => Math.round(value).toLocaleString('en-GB')
const dollars = (value: number) => `$${value.toFixed(2)}`

/** What a month costs. */
export const costSection: Section<CostFigures> = {
  name: 'cost',
  command: 'npm run cost -- --requests 50M --originals 20k',
  title: 'What a month costs',
  headlines({ traffic, bills }) {
    const [ours, servers] = [bills[0], bills.find(({ name }) => name.startsWith('Fargate'))]
    return [
      {
        what: `a month of ${formatRequests(traffic.requests)} over ${count(traffic.originals)} originals at list prices; with servers on Fargate`,
        figure: `${dollars(ours?.dollars ?? Number.NaN)}; ${dollars(servers?.dollars ?? Number.NaN)}`,
      },
    ]
  },
  charts: ({ bills }) => ({
    'cost.svg': drawBars(
      'Dollars a month',
      bills.map(({ name, dollars: value }, at) => ({
        label: name,
        value,
        text: dollars(value),
        own: at === 0,
      })),
    ),
  }),
  text: ({ traffic, bills, waf }) =>
    [
      `${formatRequests(traffic.requests)} of the trace over ${count(traffic.originals)} originals: ${count(traffic.bytesToViewers / 1e9)} GB to viewers, ${count(traffic.variants)} variants made in ${count(traffic.transformSeconds / 3600)} hours of processor. List prices, no free allowances but those said, the price of the first 10 TB for all bytes.`,
      '',
      '![Dollars a month](benchmarks/cost.svg)',
      '',
      formatTable(
        ['of Fovea', 'dollars a month'],
        [
          ...(bills[0]?.lines ?? []),
          ...waf.map((line) => ({ ...line, service: `${line.service} (apart)` })),
        ].map(({ service, dollars: value }) => [service, value.toFixed(2)]),
      ),
      '',
      formatTable(
        ['', 'dollars a month', 'breaks even', 'assumes'],
        bills.map(({ name, note, dollars: value, breakEven }) => [
          name,
          value.toFixed(2),
          formatBreakEven(breakEven, value - (bills[0]?.dollars ?? value)),
          note,
        ]),
      ),
      '',
      formatProcessorHour(),
      '',
      'Prices, in `bench/cost/prices.ts` and `infra/monitoring/prices.ts`; check those that were not read again before you quote them:',
      '',
      formatTable(
        ['dollars', 'for', 'source'],
        Object.values<SourcedPrice>(prices).map(({ dollars: value, per, unit, source }) => [
          String(Number(value.toPrecision(6))),
          `${count(per)} ${unit}`,
          source,
        ]),
      ),
      '',
      'Not in it: people, support plans, logs, traffic between regions, seats and zones of hosted services, discounts by contract. imgix publishes what a credit buys, but no price of one was found: it is left out.',
    ].join('\n'),
}
