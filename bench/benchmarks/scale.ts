import { formatTable } from '../../docs/markdown.ts'
import { figureColumns, type ScaleFigures } from '../scale/report.ts'
import { drawBars } from './bars.ts'
import type { Section } from './section.ts'

const count = (value: number) => Math.round(value).toLocaleString('en-GB')
const percent = (share: number) => `${(share * 100).toFixed(2)} %`

/** A thousand to a million requests a second, simulated. */
export const scaleSection: Section<ScaleFigures> = {
  name: 'scale',
  command: 'npm run bench:scale',
  title: 'A thousand to a million requests a second, simulated',
  headlines({ rows }) {
    const find = (scenario: string, rate: number) =>
      rows.find((row) => row.scenario === scenario && row.requestsPerSecond === rate)
    const [steady, sale, cold] = [
      find('steady state', 10_000),
      find('flash sale', 10_000),
      find('cold start', 10_000),
    ]
    return [
      {
        what: 'runs of the Lambda at a time that 10,000 requests a second need: steady; flash sale of new originals; all caches empty (simulated)',
        figure: [steady, sale, cold].map((row) => count(row?.neededConcurrency ?? Number.NaN)).join('; '),
      },
    ]
  },
  charts: ({ rows }) => ({
    'scale.svg': drawBars(
      'Runs of the Lambda at a time that refuse nobody, by its logarithm',
      rows.map(({ scenario, requestsPerSecond, neededConcurrency }) => ({
        label: `${scenario}, ${count(requestsPerSecond)}/s`,
        value: Math.log10(neededConcurrency + 1),
        text: count(neededConcurrency),
        own: true,
      })),
    ),
  }),
  text({ world, originals, seconds, rows, samplingErrorPoints, validation }) {
    const { keepSeconds: keep, latencyMs: way, lambda } = world
    return [
      `${count(originals)} originals, ${seconds} s of the trace's pictures through ${world.edges} edge locations, ${world.regions} regional caches, Origin Shield and a Lambda of ${count(lambda.concurrency)} runs at a time, ${count(lambda.startsAtOnce)} started at once and ${lambda.startsPerSecond} a second. By tier: shares of the requests; needed: runs at a time that would refuse nobody; times are of what was answered, from the edge.`,
      '',
      '![Concurrency needed](benchmarks/scale.svg)',
      '',
      formatTable(
        ['', 'requests/s', ...figureColumns],
        rows.map(({ scenario, requestsPerSecond, neededConcurrency, answered, requests, ...row }) => [
          scenario,
          count(requestsPerSecond),
          count(neededConcurrency),
          ...(['edge', 'region', 'shield', 'waited', 'origin', 'refused'] as const).map((by) =>
            percent(answered[by] / requests),
          ),
          count(row.transformsPerSecond),
          row.p50Ms.toFixed(0),
          row.p99Ms.toFixed(0),
        ]),
      ),
      '',
      `Simplified: a tier keeps what is asked for within a time (edge ${keep.edge / 3600} h, region ${keep.region / 86_400} d, shield ${keep.shield / 86_400} d: assumed), not so many bytes; ways take constant times (region ${way.region} ms, shield ${way.shield} ms, S3 and Function URL ${way.origin} ms: assumed); refused viewers do not come again; nothing is revalidated; every run has one measured time for its width and format. From 100,000 a second on, a share of all variants is simulated, chosen by a hash, with as much of the Lambda's limits (after SHARDS, FAST 2015): a tenth errs by ${Math.abs(samplingErrorPoints).toFixed(2)} points of hits at 10,000 a second. A steady state of 0 runs at that sample means fewer than one of the sampled variants.`,
      '',
      validation
        ? `Validated against the local edge on ${count(validation.requests)} requests of the trace: ${count(validation.modelledRuns)} runs modelled and ${count(validation.measuredRuns)} measured, hits ${percent(validation.modelledHits)} and ${percent(validation.measuredHits)}. That covers the keys, collapsing and counting of one tier. Not validated: times, regional caches, the shield, Lambda's quotas, AWS itself.`
        : 'Not validated against the local edge in this run.',
    ].join('\n')
  },
}
