import { writeResult } from './results.ts'
import { runBench } from './run-bench.ts'
import { formatScale, judgeScale, type ScaleFigures, type ScaleRow } from './scale/report.ts'
import { listShapes, type Shapes } from './scale/shapes.ts'
import { scenarios, simulate } from './scale/simulate.ts'
import { validateModel } from './scale/validate.ts'
import { defaultWorld, type World } from './scale/world.ts'

// `npm run bench:scale`: a model of edge locations, regional caches, Origin Shield and Lambda at rates that no machine here plays.

const rates = [1000, 10_000, 100_000, 1_000_000]

/** Requests that a simulation has after sampling. */
const sampledRequests = 300_000

await runBench({
  script: 'bench:scale',
  purpose:
    'concurrency, hits by tier, times and refusals at a thousand to a million requests a second, simulated',
  options: {
    originals: {
      placeholder: 'N',
      text: 'originals',
      default: 100_000,
      min: 100,
      max: 10_000_000,
      whole: true,
    },
    seconds: { placeholder: 'S', text: 'seconds of traffic', default: 30, min: 1, max: 600, whole: true },
    concurrency: {
      placeholder: 'N',
      text: 'runs of the Lambda at a time that the account allows',
      default: defaultWorld.lambda.concurrency,
      min: 1,
      max: 1_000_000,
      whole: true,
    },
    'max-error': {
      placeholder: 'P',
      text: 'fail where model and edge, or sample and whole, differ by more points of hits',
      default: 2,
      min: 0,
      max: 100,
    },
  },
  flags: { 'no-edge': 'do not validate the model against the local edge' },
  async measure({ originals, seconds, concurrency }, { flags }) {
    const world = { ...defaultWorld, lambda: { ...defaultWorld.lambda, concurrency } }
    const shapes = listShapes(50_000)
    const figures: ScaleFigures = {
      world,
      originals,
      seconds,
      rows: scenarios.flatMap((scenario) =>
        rates.map((rate) => measureRow(world, shapes, scenario, rate, originals, seconds)),
      ),
      samplingErrorPoints: measureSampling(world, shapes, originals),
      validation: flags.has('no-edge') ? undefined : await validateModel(),
    }
    await writeResult('scale', figures)
    return figures
  },
  format: formatScale,
  judge: (figures, numbers) => judgeScale(figures, numbers['max-error']),
})

function measureRow(
  world: World,
  shapes: Shapes,
  scenario: (typeof scenarios)[number],
  requestsPerSecond: number,
  originals: number,
  seconds: number,
): ScaleRow {
  const sample = Math.min(1, sampledRequests / (requestsPerSecond * seconds))
  const options = { shapes, scenario, requestsPerSecond, seconds, originals, sample }
  const unlimited = simulate({ ...options, world: withoutLimits(world) })
  return {
    scenario,
    requestsPerSecond,
    sample,
    neededConcurrency: unlimited.concurrency,
    ...simulate({ ...options, world }),
  }
}

/** Hits of a tenth of the variants less those of all, in points. */
function measureSampling(world: World, shapes: Shapes, originals: number): number {
  const [all = 0, tenth = 0] = [1, 0.1].map((sample) => {
    const options = {
      world,
      shapes,
      scenario: 'steady state',
      requestsPerSecond: 10_000,
      seconds: 10,
    } as const
    const { answered, requests } = simulate({
      ...options,
      world: withoutLimits(world),
      originals,
      sample,
    })
    return (1 - (answered.origin + answered.refused) / requests) * 100
  })
  return tenth - all
}

/** A world whose Lambda refuses nobody. */
function withoutLimits(world: World): World {
  const free = { concurrency: Number.POSITIVE_INFINITY, startsAtOnce: Number.POSITIVE_INFINITY }
  return { ...world, lambda: { ...world.lambda, ...free } }
}
