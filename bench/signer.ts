import { runBench } from './run-bench.ts'
import { measureSigner } from './signer/measure.ts'
import { formatSigner, judgeSigner } from './signer/report.ts'

// `npm run bench:signer`: URLs a second on one core, signed and verified, against the bare HMAC of the same text.

await runBench({
  script: 'bench:signer',
  purpose: 'URLs a second on one core, signed and verified, against the bare HMAC of the same text',
  options: {
    seconds: { placeholder: 'S', text: 'seconds for each row of the table', default: 3, min: 0.1, max: 600 },
    'max-ratio': {
      placeholder: 'R',
      text: 'fail where signing takes more than this many times the bare HMAC',
      default: 6,
      min: 0,
      max: 1000,
    },
  },
  measure: async ({ seconds }) => measureSigner(seconds),
  format: formatSigner,
  judge: (figures, numbers) => judgeSigner(figures, numbers['max-ratio']),
})
