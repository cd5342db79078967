import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAll } from '../../edge/build.ts'
import { readStats } from '../hits/client.ts'
import { measureHits } from '../hits/measure.ts'
import { drawPicture } from '../hits/picture.ts'
import { type Server, startServer } from '../server.ts'
import { shares } from '../trace/shares.ts'
import { signingKey } from '../trace/site.ts'
import { playTrace } from '../trace/trace.ts'
import { countArrivals } from './arrivals.ts'
import { synthesizeTraceDeployment } from './assembly.ts'
import { runCounted } from './counted.ts'
import { drawOriginals, largeOriginal, smallOriginal } from './draw-originals.ts'
import type { LoadEdgeSetup } from './edge-process.ts'
import type { LoadFigures, TracePhase } from './figures.ts'
import { measureOverload } from './overload.ts'
import { type Manner, openConnections, runPhase } from './run.ts'
import { createSender, type Sender } from './sender.ts'
import { settle } from './settle.ts'
import { readTarget } from './target.ts'
import { formatWireRequests } from './wire-request.ts'

/** What of a run against the local edge can be chosen. */
export interface LocalOptions {
  /** Of the trace and the sale. */
  manner: Manner
  /** Seconds of each of the ten rounds that compare raw hits; 0 leaves them out. */
  roundSeconds: number
}

/** Of the trace. So few that a short trace has hits, as a long one has of many. */
const usualOriginals = 10

/** Of the sale in its midst, and of the phases after it, which ask for what nobody had asked for. */
const newOriginals = { trace: 1, sale: 2, burst: 1 }

/** Requests of the warm-up, over as many connections: after them nine of ten pictures are hits. */
const warmUp = { requests: 6000, connections: 16, seconds: 60 }

/** Requests of the burst, in one moment. */
const burstRequests = 300

/** Of the overload: five to ten times what two cores make. */
const overload = { concurrency: 2, requestsPerSecond: 150, seconds: 6 }

/** Seconds of the flash sale. */
const saleSeconds = 10

/** Builds everything and loads the local edge, phase after phase. */
export async function measureLocal({ manner, roundSeconds }: LocalOptions): Promise<LoadFigures> {
  await buildAll()
  const folder = await mkdtemp(join(tmpdir(), 'fovea-load-'))
  try {
    const [originals, large] = [join(folder, 'originals'), join(folder, 'large')]
    const assembly = join(folder, 'assembly')
    const { trace, sale, burst } = newOriginals
    await drawOriginals(originals, Array(usualOriginals + trace + sale + burst).keys(), smallOriginal)
    await drawOriginals(large, Array(usualOriginals).keys(), largeOriginal)
    await drawPicture(originals)
    await synthesizeTraceDeployment(assembly)
    const raw = roundSeconds > 0 ? await measureHits(originals, roundSeconds) : undefined
    const setup = { originals, assembly, concurrency: 1000, sandboxes: availableParallelism() }
    const narrow = { ...setup, originals: large, concurrency: overload.concurrency }
    return {
      connections: manner.connections,
      raw,
      ...(await withEdge(setup, (edge, sender) => measureUsual(edge, sender, manner))),
      overload: await withEdge(narrow, (edge, { send }) =>
        measureOverload(
          edge,
          overload.concurrency,
          usualOriginals,
          { ...openLoop(manner), ...overload },
          send,
        ),
      ),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Sales and overloads do not wait for answers, whatever the trace does. */
function openLoop(manner: Manner): Manner {
  return { ...manner, connections: undefined }
}

async function withEdge<Result>(
  setup: LoadEdgeSetup,
  measure: (edge: Server, sender: Sender) => Promise<Result>,
): Promise<Result> {
  const edge = await startServer(new URL('edge-process.ts', import.meta.url), setup)
  const sender = createSender(await readTarget(edge.url, false), openConnections)
  try {
    return await measure(edge, sender)
  } finally {
    sender.close()
    edge.stop()
  }
}

async function measureUsual(
  edge: Server,
  { send }: Sender,
  manner: Manner,
): Promise<Pick<LoadFigures, 'trace' | 'sale' | 'burst'>> {
  const { trace, sale, burst } = newOriginals
  const saleFrom = usualOriginals + trace
  return {
    trace: await measureTrace(edge, send, manner),
    sale: await runCounted(
      'sale',
      edge,
      { from: saleFrom, count: sale, seed: 2 },
      { ...openLoop(manner), seconds: saleSeconds },
      send,
    ),
    burst: await runCounted(
      'burst',
      edge,
      { from: saleFrom + sale, count: burst, seed: 3 },
      { requestsPerSecond: 1e6, seconds: burstRequests / 1e6, maxRequests: burstRequests },
      send,
    ),
  }
}

async function measureTrace(edge: Server, send: Sender['send'], manner: Manner): Promise<TracePhase> {
  const common = { originals: usualOriginals, signingKey, startMs: Date.now() }
  const warming = playTrace({
    ...common,
    requests: warmUp.requests,
    seconds: warmUp.seconds,
    sale: 0,
    seed: 2,
  })
  await runPhase(
    'warm-up',
    formatWireRequests(warming),
    { ...manner, ...warmUp, maxRequests: warmUp.requests },
    send,
  )
  const trace = playTrace({
    ...common,
    requests: countArrivals(manner),
    seconds: manner.seconds,
    newOriginals: newOriginals.trace,
    flood: shares.flooded.value,
    startMs: Date.now(),
  })
  await settle(edge.url)
  const before = await readStats(edge.url)
  const played = await runPhase('trace', formatWireRequests(trace), manner, send)
  const after = await readStats(edge.url)
  return { ...played, invocations: after.transformerInvocations - before.transformerInvocations }
}
