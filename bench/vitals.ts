import { writeFile } from 'node:fs/promises'
import { buildAll } from '../edge/build.ts'
import { resultsFolder, writeResult } from './results.ts'
import { runBench } from './run-bench.ts'
import { measureVitals } from './vitals/measure.ts'
import { listCameraParts, listPackagedParts } from './vitals/parts.ts'
import { formatVitals, judgeVitals } from './vitals/report.ts'

// `npm run bench:vitals`: a page of products in Chromium as a phone in slow 4G has it, with plain originals and with the
// helpers of `fovea/client`.

await runBench({
  script: 'bench:vitals',
  purpose:
    'Core Web Vitals of a page of 24 products on a phone in slow 4G, with plain originals and with the helpers',
  options: {
    runs: { placeholder: 'N', text: 'visits of each page', default: 5, min: 1, max: 100, whole: true },
    dpr: { placeholder: 'R', text: "the screen's pixels for each of CSS", default: 2.625, min: 1, max: 4 },
    'max-bytes-ratio': {
      placeholder: 'R',
      text: "fail above this share of the plain page's bytes",
      default: 0.1,
      min: 0,
      max: 1,
    },
    'max-lcp-ratio': {
      placeholder: 'R',
      text: "fail above this share of the plain page's LCP",
      default: 0.5,
      min: 0,
      max: 1,
    },
  },
  async measure({ runs, dpr }) {
    await buildAll()
    // A run takes minutes: who waits should see that it goes on.
    const shared = process.env.FOVEA_SHARED
    const parts = shared ? listCameraParts(shared) : listPackagedParts()
    const { figures, filmstrip } = await measureVitals({ parts, runs, dpr }, (line) =>
      process.stderr.write(`${line}\n`),
    )
    // The strip would publish photographs that are not ours, and figures that few can have again.
    if (shared) return figures
    await writeResult('vitals', figures)
    await writeFile(new URL('vitals.webp', resultsFolder), filmstrip)
    return figures
  },
  format: formatVitals,
  judge: (figures, numbers) =>
    judgeVitals(figures, {
      maxBytesRatio: numbers['max-bytes-ratio'],
      maxLcpRatio: numbers['max-lcp-ratio'],
    }),
})
