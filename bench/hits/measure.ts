import { startServer } from '../server.ts'
import { measureBurst } from './burst.ts'
import { type Answer, ask, readStats } from './client.ts'
import { chooseLoadGenerator } from './load-generator.ts'
import { pictureKey, variantQuery } from './picture.ts'
import type { HitsFigures } from './report.ts'
import { compareHits } from './rounds.ts'

/** Hits of the local edge over `folder`, which has the picture, against a bare server, in rounds of so many seconds; then a burst. */
export async function measureHits(folder: string, durationSeconds: number): Promise<HitsFigures> {
  const edge = await startServer(new URL('edge-process.ts', import.meta.url), { originals: folder })
  try {
    const path = `/${pictureKey}?${variantQuery}`
    await ask(edge.url + path)
    const { headers, body } = expectHit(await ask(edge.url + path))
    const bare = await startServer(new URL('bare-process.ts', import.meta.url), { headers, body })
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
