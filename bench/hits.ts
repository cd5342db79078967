import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAll } from '../edge/build.ts'
import { measureHits } from './hits/measure.ts'
import { drawPicture } from './hits/picture.ts'
import { formatHits, type HitsFigures } from './hits/report.ts'
import { runBench } from './run-bench.ts'

// `npm run bench:hits`: what a cache hit costs in the local edge, against a bare HTTP server that sends the same bytes.

await runBench({
  script: 'bench:hits',
  purpose: 'what a cache hit costs in the local edge, against a bare HTTP server that sends the same bytes',
  options: {
    // wrk takes whole seconds only.
    duration: {
      placeholder: 'S',
      text: 'seconds of each round',
      default: 5,
      min: 1,
      max: 600,
      whole: true,
    },
    'min-ratio': {
      placeholder: 'R',
      text: "fail below this share of the bare server's hits a second",
      default: 0.5,
      min: 0,
      max: 1,
    },
  },
  async measure({ duration }) {
    await buildAll()
    const folder = await mkdtemp(join(tmpdir(), 'fovea-bench-'))
    try {
      await drawPicture(folder)
      return await measureHits(folder, duration)
    } finally {
      await rm(folder, { recursive: true })
    }
  },
  format: formatHits,
  judge: (figures, numbers) => judge(figures, numbers['min-ratio']),
})

function judge({ ratio, burst }: HitsFigures, minRatio: number): string[] {
  const { transformerInvocations, requests } = burst
  return [
    ...(ratio >= minRatio ? [] : [`edge/bare is ${ratio.toFixed(2)}, expected at least ${minRatio}`]),
    ...(transformerInvocations === 1
      ? []
      : [
          `${transformerInvocations} transformer invocations for ${requests} requests of one variant, expected 1`,
        ]),
  ]
}
