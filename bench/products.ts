import { formatProducts, judgeProducts } from './products/report.ts'
import { measureProducts } from './products/run.ts'
import { runBench } from './run-bench.ts'

// `npm run bench:products`: the transformer against ipx and Next.js's image optimizer, all at their defaults.

await runBench({
  script: 'bench:products',
  purpose:
    "the transformer against ipx and Next.js's image optimizer at their defaults: time, and bytes at equal score",
  options: {
    pairs: {
      placeholder: 'N',
      text: 'variants of each for each cell of the table',
      default: 3,
      min: 1,
      max: 999,
      whole: true,
    },
    slower: {
      placeholder: 'R',
      text: 'fail where a cell is larger at equal score and above this ratio in time',
      default: 1.05,
      min: 0,
      max: 100,
    },
    'avif-factor': {
      placeholder: 'N',
      text: "fail where AVIF is less times faster than a product with sharp's own effort",
      default: 5,
      min: 0,
      max: 100,
    },
  },
  measure: ({ pairs }) => measureProducts(pairs),
  format: formatProducts,
  judge: (figures, { slower, 'avif-factor': avifFactor }) => judgeProducts(figures, { slower, avifFactor }),
})
