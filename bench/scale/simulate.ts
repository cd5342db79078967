import { seededRandom } from '../../edge/samples/grain.ts'
import { createZipf } from '../trace/choose.ts'
import { saleOriginals, saleTime, shares } from '../trace/shares.ts'
import { createLambdaModel } from './lambda.ts'
import type { Shapes } from './shapes.ts'
import { type AnsweredBy, createTiers } from './tiers.ts'
import type { World } from './world.ts'

/** Where a simulation begins: with empty caches, with those of long traffic and a sale of new originals, or with these alone. */
export const scenarios = ['cold start', 'flash sale', 'steady state'] as const

export interface SimulationOptions {
  world: World
  shapes: Shapes
  scenario: (typeof scenarios)[number]
  requestsPerSecond: number
  seconds: number
  originals: number
  /**
   * Share of all variants that are simulated, 0–1, chosen by a hash of each, with as much of the Lambda's limits: a spatial sample, as
   * in Waldspurger et al., "Efficient MRC Construction with SHARDS", FAST 2015.
   */
  sample: number
}

export interface SimulationFigures {
  /** Simulated, after sampling. */
  requests: number
  /** Of these. */
  answered: Record<AnsweredBy, number>
  /** Of what was not refused, from the edge. */
  p50Ms: number
  p99Ms: number
  /** Most runs of the Lambda at a time, of all variants. */
  concurrency: number
  transformsPerSecond: number
}

/** While the trace's sale is on: the share of requests that are its own. */
const usualInSale = (1 - shares.flashSale.value) * (saleTime[1] - saleTime[0])
const saleShare = shares.flashSale.value / (shares.flashSale.value + usualInSale)

/** Plays requests, evenly in time, through the tiers of a world. */
export function simulate(options: SimulationOptions): SimulationFigures {
  const { world, shapes, scenario, requestsPerSecond, seconds, sample } = options
  const random = seededRandom(scenarios.indexOf(scenario) + 1)
  const draw = createDraw(options, random)
  const lambda = createLambdaModel({
    ...world.lambda,
    concurrency: Math.max(1, world.lambda.concurrency * sample),
    startsPerSecond: world.lambda.startsPerSecond * sample,
    startsAtOnce: Math.max(1, world.lambda.startsAtOnce * sample),
  })
  const tiers = createTiers(world, lambda, random)
  const pickEdge = createZipf(world.edges, world.edgeExponent)
  const edgeShare = createPopularity(world.edges, world.edgeExponent)
  const answered = { edge: 0, region: 0, shield: 0, origin: 0, waited: 0, refused: 0 }
  const latencies: number[] = []
  let requests = 0
  for (let number = 0; number < requestsPerSecond * seconds; number++) {
    const { original, shape, popularity } = draw()
    const variant = original * shapes.shares.length + shape
    if (sample < 1 && hashToShare(variant) >= sample) continue
    const edge = pickEdge(random())
    const { by, latencyMs } = tiers.answer({
      atMs: (number / requestsPerSecond) * 1000,
      edge,
      edgeShare: edgeShare(edge),
      variant,
      perSecond:
        scenario === 'cold start' ? 0 : requestsPerSecond * popularity * (shapes.shares[shape] as number),
      runMs: shapes.milliseconds[shape] as number,
    })
    answered[by]++
    requests++
    if (by !== 'refused') latencies.push(latencyMs)
  }
  const sorted = Float64Array.from(latencies).sort()
  return {
    requests,
    answered,
    p50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? Number.NaN,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    concurrency: Math.round(lambda.peak() / sample),
    transformsPerSecond: lambda.runs() / sample / seconds,
  }
}

/** Draws what is asked for, and the share of usual requests that its original has: 0 for what is new. */
function createDraw({ shapes, scenario, originals }: SimulationOptions, random: () => number) {
  const usual = createZipf(originals, shares.zipfExponent.value)
  const ofSale = createZipf(Math.max(1, Math.round(originals * saleOriginals)), shares.zipfExponent.value)
  const popularity = createPopularity(originals, shares.zipfExponent.value)
  const share = scenario === 'flash sale' ? saleShare : 0
  return () => {
    if (random() < share)
      return { original: originals + ofSale(random()), shape: shapes.draw(random()), popularity: 0 }
    const original = usual(random())
    return { original, shape: shapes.draw(random()), popularity: popularity(original) }
  }
}

/** The share of requests of a rank under Zipf's law. */
function createPopularity(count: number, exponent: number): (rank: number) => number {
  let sum = 0
  for (let rank = 0; rank < count; rank++) sum += (rank + 1) ** -exponent
  return (rank) => (rank + 1) ** -exponent / sum
}

/** A number of 0–1 that is the same for the same whole number. Source: murmur3's finaliser. */
function hashToShare(value: number): number {
  let hash = Math.imul(value, 0x9e3779b1) ^ Math.floor(value / 4294967296)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296
}
