import { measureHitRatio } from './hit-ratio/measure.ts'
import { formatHitRatio, judgeHitRatio } from './hit-ratio/report.ts'
import { writeResult } from './results.ts'
import { runBench } from './run-bench.ts'

// `npm run bench:hit-ratio`: one trace through our cache key and those of others, in caches of several sizes.

/**
 * What a month of 50 million requests of 20,000 originals has of one original in six days. Fewer give fewer hits: the table says how
 * many at each length of the trace.
 */
const requestsPerOriginal = 500

/** Of six days, in which that many requests come. */
const seconds = 6 * 86_400

await runBench({
  script: 'bench:hit-ratio',
  purpose: 'the hits of one trace with our cache key and those of others, in caches of several sizes',
  options: {
    requests: {
      placeholder: 'N',
      text: `requests of the trace, over a ${requestsPerOriginal}th as many originals`,
      default: 1_000_000,
      min: 1000,
      max: 100_000_000,
      whole: true,
    },
    seed: { placeholder: 'N', text: 'of the trace', default: 1, min: 0, max: 4_294_967_295, whole: true },
    'min-ratio': {
      placeholder: 'R',
      text: 'fail below this share of hits, with a cache that forgets nothing',
      default: 0.9,
      min: 0,
      max: 1,
    },
  },
  async measure({ requests, seed }) {
    const originals = Math.max(1, Math.round(requests / requestsPerOriginal))
    const figures = measureHitRatio({ requests, originals, seconds, seed })
    await writeResult('hit-ratio', figures)
    return figures
  },
  format: formatHitRatio,
  judge: (figures, numbers) => judgeHitRatio(figures, numbers['min-ratio']),
})
