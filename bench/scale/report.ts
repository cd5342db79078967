import type { SimulationFigures, SimulationOptions } from './simulate.ts'
import type { Validation } from './validate.ts'
import type { World } from './world.ts'

/** One row of the table. */
export interface ScaleRow
  extends SimulationFigures,
    Pick<SimulationOptions, 'scenario' | 'requestsPerSecond' | 'sample'> {
  /** Most runs at a time where nothing limits them: the concurrency that refuses nobody. */
  neededConcurrency: number
}

export interface ScaleFigures {
  world: World
  originals: number
  seconds: number
  rows: ScaleRow[]
  /** Of the spatial sample: hit ratio of a tenth of the variants less that of all, in points of a hundred, at 10,000 requests a second. */
  samplingErrorPoints: number
  validation?: Validation
}

/** What every table of this model shows of a row, after the rate. */
export const figureColumns = [
  'needed',
  'edge',
  'region',
  'shield',
  'waited',
  'made',
  'refused',
  'made/s',
  'p50 ms',
  'p99 ms',
] as const

const columns = ['req/s', 'sample', ...figureColumns]

/** `figures` for people. */
export function formatScale({
  world,
  originals,
  seconds,
  rows,
  samplingErrorPoints,
  validation,
}: ScaleFigures): string {
  const { concurrency, startsPerSecond, startsAtOnce } = world.lambda
  return [
    `${world.edges} edge locations, ${world.regions} regional caches, Origin Shield, Lambda: ${concurrency} at a time, ${startsAtOnce} started at once and ${startsPerSecond} a second;`,
    `${originals.toLocaleString('en-GB')} originals, ${seconds} s of traffic; the way from the viewer to the edge is not in the times`,
    '',
    `${''.padEnd(13)}${columns.map((each) => each.padStart(10)).join('')}`,
    ...rows.map(formatRow),
    '',
    'needed: runs of the Lambda at a time that would refuse nobody. By tier: shares of requests; waited: for an answer under way',
    `sampled: variants by a hash, with as much of the Lambda's limits; a tenth of them errs by ${samplingErrorPoints.toFixed(1)} points at 10,000 a second`,
    ...(validation ? [formatValidation(validation)] : ['not validated: --no-edge was given']),
  ].join('\n')
}

function formatValidation({
  requests,
  measuredRuns,
  modelledRuns,
  measuredHits,
  modelledHits,
}: Validation): string {
  const points = ((modelledHits - measuredHits) * 100).toFixed(2)
  return `validated on ${requests} requests in the local edge: ${modelledRuns} runs modelled, ${measuredRuns} measured; hits ${formatShare(modelledHits)} and ${formatShare(measuredHits)}, error ${points} points; times were not compared`
}

function formatRow(row: ScaleRow): string {
  const { answered, requests } = row
  const share = (count: number) => formatShare(count / requests)
  const cells = [
    row.requestsPerSecond.toLocaleString('en-GB'),
    row.sample === 1 ? 'all' : `1/${Math.round(1 / row.sample)}`,
    row.neededConcurrency.toLocaleString('en-GB'),
    share(answered.edge),
    share(answered.region),
    share(answered.shield),
    share(answered.waited),
    share(answered.origin),
    share(answered.refused),
    Math.round(row.transformsPerSecond).toLocaleString('en-GB'),
    row.p50Ms.toFixed(0),
    row.p99Ms.toFixed(0),
  ]
  return `${row.scenario.padEnd(13)}${cells.map((each) => each.padStart(10)).join('')}`
}

function formatShare(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}

/** The bounds that are missed: the model against the edge, the sample against the whole. */
export function judgeScale(
  { validation, samplingErrorPoints }: ScaleFigures,
  maxErrorPoints: number,
): string[] {
  const errors = {
    sample: Math.abs(samplingErrorPoints),
    model: validation ? Math.abs(validation.modelledHits - validation.measuredHits) * 100 : 0,
  }
  return Object.entries(errors)
    .filter(([, points]) => !(points <= maxErrorPoints))
    .map(
      ([name, points]) => `${name}: ${points.toFixed(2)} points of error, expected at most ${maxErrorPoints}`,
    )
}
