import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAll } from '../edge/build.ts'
import { measureBurst } from './hits/burst.ts'
import { type Answer, ask, readStats } from './hits/client.ts'
import { chooseLoadGenerator } from './hits/load-generator.ts'
import { drawPicture, pictureKey, variantQuery } from './hits/picture.ts'
import { formatHits, type HitsFigures } from './hits/report.ts'
import { compareHits } from './hits/rounds.ts'
import { runBench } from './run-bench.ts'
import { startServer } from './server.ts'

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

async function measureHits(folder: string, durationSeconds: number): Promise<HitsFigures> {
  const edge = await startServer(new URL('hits/edge-process.ts', import.meta.url), { originals: folder })
  try {
    const path = `/${pictureKey}?${variantQuery}`
    await ask(edge.url + path)
    const { headers, body } = expectHit(await ask(edge.url + path))
    const bare = await startServer(new URL('hits/bare-process.ts', import.meta.url), { headers, body })
    try {
      const generator = await chooseLoadGenerator()
      const before = await readStats(edge.url)
      const hits = await compareHits(generator, edge.url + path, bare.url + path, durationSeconds)
      const after = await readStats(edge.url)
      return {
        loadGenerator: generator.name,
        caveat: generator.caveat,
        bodyBytes: body.length,
        durationSeconds,
        ...hits,
        hitShare: (after.hits - before.hits) / (after.requests - before.requests),
        burst: await measureBurst(edge.url),
      }
    } finally {
      bare.stop()
    }
  } finally {
    edge.stop()
  }
}

/** Without this the figures could be those of an error page. */
function expectHit(answer: Answer): Answer {
  const xCache = answer.headers[answer.headers.findIndex((each) => each.toLowerCase() === 'x-cache') + 1]
  if (answer.status === 200 && xCache?.startsWith('Hit') && answer.body.length > 0) return answer
  throw new Error(`expected a hit but received ${answer.status}, ${xCache}, ${answer.body.length} bytes`)
}

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
