import { formatTable } from '../../docs/markdown.ts'
import { answerClasses } from '../load/answer-class.ts'
import type { LoadFigures } from '../load/figures.ts'
import type { Latencies } from '../load/latencies.ts'
import type { Played } from '../load/recorder.ts'
import { drawBars } from './bars.ts'
import { drawLines } from './lines.ts'
import type { Section } from './section.ts'

const count = (value: number) => Math.round(value).toLocaleString('en-GB')
const percent = (share: number) => `${(share * 100).toFixed(1)} %`
const ms = (value: number) => value.toFixed(value < 10 ? 1 : 0)

/** The local edge under a trace, a sale, a burst and an overload. */
export const loadSection: Section<LoadFigures> = {
  name: 'load',
  command: 'npm run bench:load',
  title: 'Load',
  headlines: ({ raw, burst }) => [
    ...(raw
      ? [
          {
            what: 'hits a second of the local edge, with the viewer function on each, its machine shared with wrk; p99; share of a bare `node:http` server’s',
            figure: `${count(raw.edge.hitsPerSecond)}; ${ms(raw.edge.p99Ms)} ms; ${percent(raw.ratio)}`,
          },
        ]
      : []),
    ...(burst
      ? [
          {
            what: `runs of the transformer for ${count(burst.offered)} requests at once of ${count(burst.variants)} variants of a new original`,
            figure: count(burst.invocations),
          },
        ]
      : []),
  ],
  charts: ({ trace, sale }) => ({
    ...(trace && { 'load-times.svg': drawTimes(trace) }),
    ...(sale && { 'load-sale.svg': drawSale(sale) }),
  }),
  text: ({ raw, trace, sale, burst, overload }) =>
    [
      'All on one machine: the generator, the edge with its viewer function, the transformer’s two processes. Times are taken from when a request was due to its last byte, so that one which had to wait to be sent has waited (an open loop, without coordinated omission, as wrk2 has it). Lateness is how long after that the generator sent it: where it is long, the machine was busy with something else, and the times are too long by it.',
      ...(trace
        ? [
            '',
            `**Trace.** ${describe(trace)} ${percent(trace.hitRatio)} of pictures were hits, after a warm-up; ${count(trace.invocations ?? 0)} runs of the transformer.`,
            '',
            '![Times by kind of answer](benchmarks/load-times.svg)',
            '',
            formatClasses(trace),
          ]
        : []),
      ...(sale
        ? [
            '',
            `**Flash sale.** From 0 to full rate on ${sale.newOriginals} new originals: ${describe(sale)} ${count(sale.invocations)} runs for ${count(sale.variants)} variants; ${count(sale.collapsed)} requests waited for those of others. Two processes make what as many Lambdas as there are variants would make side by side.`,
            '',
            '![The sale, second by second](benchmarks/load-sale.svg)',
            '',
            formatClasses(sale),
          ]
        : []),
      ...(burst
        ? [
            '',
            `**Burst.** ${count(burst.offered)} requests in one moment for one new original: ${count(burst.invocations)} runs for ${count(burst.variants)} variants.`,
          ]
        : []),
      ...(overload
        ? [
            '',
            `**Overload.** A Lambda of ${overload.concurrency} runs at a time, asked for more. ${describe(overload)} Of ${count(overload.fresh.requests)} requests for new variants ${count(overload.fresh.made)} were answered with a picture and ${count(overload.fresh.throttled)} with 429 in AWS’s words; of ${count(overload.stale.requests)} for overdue ones ${count(overload.stale.served)} were served stale or renewed. Afterwards ${overload.recovery.came} of ${overload.recovery.asked} of the refused came, the first after ${count(overload.recovery.firstMs)} ms, and ${overload.recovery.renewed} of ${overload.recovery.overdue} overdue ones were made anew, with nothing restarted.`,
          ]
        : []),
      ...(raw
        ? [
            '',
            `**Raw hits.** ${raw.loadGenerator}, ${count(raw.bodyBytes)} bytes a hit, medians of ${raw.rounds} rounds of ${raw.durationSeconds} s: edge ${count(raw.edge.hitsPerSecond)}/s (p99 ${ms(raw.edge.p99Ms)} ms), bare server ${count(raw.bare.hitsPerSecond)}/s (p99 ${ms(raw.bare.p99Ms)} ms).`,
          ]
        : []),
    ].join('\n'),
}

function describe({ offered, served, offeredPerSecond, servedPerSecond }: Played): string {
  return `${count(offered)} requests offered (${count(offeredPerSecond)}/s), ${count(served)} served (${count(servedPerSecond)}/s).`
}

function listClasses({ classes }: Played): [string, Latencies][] {
  return Object.entries(classes)
}

function formatClasses(played: Played): string {
  return formatTable(
    ['answers', 'what they are', 'number', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms'],
    [
      ...listClasses(played).map(([name, times]): [string, string, Latencies] => [
        name,
        answerClasses[name as keyof typeof answerClasses],
        times,
      ]),
      ['lateness', 'of the generator', played.lateness] as [string, string, Latencies],
    ].map(([name, what, times]) => [
      name,
      what,
      count(times.count),
      ...[times.p50Ms, times.p95Ms, times.p99Ms, times.maxMs].map(ms),
    ]),
  )
}

function drawTimes(played: Played): string {
  return drawBars(
    'Milliseconds of answers in the trace, by their logarithm',
    listClasses(played).flatMap(([name, times]) =>
      ([50, 95, 99] as const).map((percentile) => {
        const value = times[`p${percentile}Ms`]
        return {
          label: `${name}, p${percentile}`,
          value: Math.log10(1 + 10 * value),
          text: `${ms(value)} ms`,
          own: percentile === 99,
        }
      }),
    ),
  )
}

function drawSale({ timeline }: Played): string {
  return drawLines('Requests a second in the sale', 's', [
    { label: 'offered', values: timeline.map(({ offered }) => offered), asked: true },
    { label: 'served', values: timeline.map(({ served }) => served) },
    { label: 'of them hits', values: timeline.map(({ hits }) => hits) },
  ])
}
