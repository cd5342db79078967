import { computeCost, formatCost } from './cost/report.ts'
import { writeResult } from './results.ts'
import { runBench } from './run-bench.ts'
import { listShapes } from './scale/shapes.ts'

// `npm run cost`: what a month of traffic costs here, on servers, with stored variants, and at published prices of others.

await runBench({
  script: 'cost',
  purpose: 'the monthly bill of the trace, by service, beside servers, stored variants and hosted services',
  options: {
    requests: {
      placeholder: 'N',
      text: 'a month, such as 50M',
      default: 50e6,
      min: 1000,
      max: 1e12,
      whole: true,
    },
    originals: { placeholder: 'N', text: 'such as 20k', default: 20_000, min: 1, max: 1e7, whole: true },
    'original-bytes': {
      placeholder: 'B',
      text: 'mean of the originals, such as 4M',
      default: 4e6,
      min: 1,
      max: 1e9,
    },
  },
  async measure({ requests, originals, 'original-bytes': originalBytes }) {
    const figures = computeCost(requests, originals, originalBytes, listShapes(50_000))
    await writeResult('cost', figures)
    return figures
  },
  format: formatCost,
  judge: ({ bills }) => (bills.every(({ dollars }) => dollars > 0) ? [] : ['a bill is of nothing']),
})
