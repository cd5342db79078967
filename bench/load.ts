import { countArrivals } from './load/arrivals.ts'
import { exportTrace } from './load/export.ts'
import type { LoadFigures } from './load/figures.ts'
import { measureLocal } from './load/local.ts'
import { measureTarget } from './load/measure-target.ts'
import { formatLoadFigures, judgeLoad } from './load/report.ts'
import type { Manner } from './load/run.ts'
import { playSource, readSource } from './load/source.ts'
import { readTarget } from './load/target.ts'
import { writeResult } from './results.ts'
import { runBench } from './run-bench.ts'

// `npm run bench:load`: a realistic trace at a fixed rate, a flash sale, a burst, an overload, against the local edge; or the trace
// alone against a deployment of one's own.

await runBench({
  script: 'bench:load',
  purpose: [
    'a realistic trace at a fixed rate, a flash sale, a burst and an overload, against the local edge; with --target the trace alone',
    '',
    'Against a deployment, requests are signed with the key of FOVEA_KID and FOVEA_SECRET, where they are set.',
  ].join('\n'),
  options: {
    rps: { placeholder: 'N', text: 'requests a second', default: 250, min: 1, max: 100_000 },
    duration: {
      placeholder: 'S',
      text: 'seconds of the trace',
      default: 20,
      min: 1,
      max: 86_400,
      whole: true,
    },
    'max-requests': {
      placeholder: 'N',
      text: 'requests of the trace at most, whatever rate and duration say',
      default: 100_000,
      min: 1,
      max: 1_000_000_000,
      whole: true,
    },
    connections: {
      placeholder: 'N',
      text: 'a closed loop of so many, each as fast as it is answered; 0: an open loop, at the fixed rate',
      default: 0,
      min: 0,
      max: 10_000,
      whole: true,
    },
    'round-seconds': {
      placeholder: 'S',
      text: 'seconds of each of ten rounds that compare raw hits with a bare server; 0: none',
      default: 2,
      min: 0,
      max: 600,
      whole: true,
    },
    seed: {
      placeholder: 'N',
      text: 'of trace and arrivals',
      default: 1,
      min: 0,
      max: 4_294_967_295,
      whole: true,
    },
    'min-hits-per-second': {
      placeholder: 'N',
      text: 'fail below so many raw hits',
      default: 0,
      min: 0,
      max: 1e9,
    },
    'min-ratio': {
      placeholder: 'R',
      text: "fail below this share of the bare server's hits a second",
      default: 0,
      min: 0,
      max: 1,
    },
    'max-hit-p99-ms': {
      placeholder: 'MS',
      text: 'fail where one of a hundred hits of the trace takes longer; 0: no bound',
      default: 0,
      min: 0,
      max: 1e6,
    },
  },
  texts: {
    target: {
      placeholder: 'URL',
      text: 'load this server, not a local edge that is built and started for it',
    },
    originals: {
      placeholder: 'FILE',
      text: 'keys of originals that the target has, one in a line, popular first',
    },
    export: {
      placeholder: 'FILE',
      text: 'write the trace, .json for k6 or .csv for JMeter, and send nothing',
    },
  },
  flags: {
    poisson: 'arrivals at random, as independent viewers come, not evenly',
    'i-own-this': 'allow a target that is not this machine: it is yours, and so is its bill',
  },
  async measure(numbers, { flags, texts }): Promise<LoadFigures> {
    const manner: Manner = {
      requestsPerSecond: numbers.rps,
      seconds: numbers.duration,
      maxRequests: numbers['max-requests'],
      kind: flags.has('poisson') ? 'poisson' : 'even',
      seed: numbers.seed,
      connections: numbers.connections || undefined,
    }
    if (texts.export !== undefined) {
      const source = await readSource(texts.originals, process.env)
      const requests = [...playSource(source, countArrivals(manner), manner.seconds, numbers.seed)]
      await exportTrace(texts.export, requests)
      return { exported: { file: texts.export, requests: requests.length } }
    }
    if (texts.target !== undefined) {
      // Before anything else: a target that is refused is not even looked at.
      const target = await readTarget(texts.target, flags.has('i-own-this'))
      return measureTarget(target, await readSource(texts.originals, process.env), manner, numbers.seed)
    }
    const figures = await measureLocal({ manner, roundSeconds: numbers['round-seconds'] })
    await writeResult('load', figures)
    return figures
  },
  format: formatLoadFigures,
  judge: (figures, numbers) =>
    judgeLoad(figures, {
      minHitsPerSecond: numbers['min-hits-per-second'],
      maxHitP99Ms: numbers['max-hit-p99-ms'],
      minRatio: numbers['min-ratio'],
    }),
})
