import { formatLeak, judgeLeak } from './leak/report.ts'
import { measureLeak } from './leak/run.ts'
import { runBench } from './run-bench.ts'

// `npm run bench:leak`: the memory of the built transformer, as it is deployed, over many varied requests of one process.

await runBench({
  script: 'bench:leak',
  purpose: 'whether the memory of the built transformer grows over varied requests of one process',
  options: {
    rounds: {
      placeholder: 'N',
      text: 'hundreds of requests, of which the first half warms up',
      default: 20,
      min: 8,
      max: 10_000,
      whole: true,
    },
    'max-growth': {
      placeholder: 'P',
      text: 'fail where memory grows by more percent after that',
      default: 5,
      min: 0,
      max: 100,
    },
  },
  measure: ({ rounds }) => measureLeak(rounds),
  format: formatLeak,
  judge: (figures, numbers) => judgeLeak(figures, numbers['max-growth']),
})
