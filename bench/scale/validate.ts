import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { buildAll } from '../../edge/build.ts'
import { readStats } from '../hits/client.ts'
import { startServer } from '../server.ts'
import type { TraceRequest } from '../trace/request.ts'
import { decideTraced, traceKey } from '../trace/site.ts'
import { playTrace } from '../trace/trace.ts'
import { createLambdaModel } from './lambda.ts'
import { createTiers } from './tiers.ts'
import { defaultWorld } from './world.ts'

/** The same requests in the local edge and in the model. */
export interface Validation {
  requests: number
  /** Runs of the transformer. */
  measuredRuns: number
  modelledRuns: number
  /** Answered by the cache, or by what another request had asked for, 0–1. */
  measuredHits: number
  modelledHits: number
}

/** Few originals, small, so that two cores make their variants within a minute. */
const options = { requests: 1500, originals: 6, sale: 0 }

const originalSide = 600

/** Requests at a time. */
const connections = 8

/**
 * Plays a short trace against the local edge and counts its hits and runs, and has the model, with one edge and nothing behind it,
 * say them of the same requests at the same times. How long they take is not compared: this machine's two cores are not Lambda's.
 */
export async function validateModel(): Promise<Validation> {
  await buildAll()
  // The local edge has no key that the trace signs with.
  const trace = [...playTrace(options)].filter(
    ({ intent, query }) => intent === 'picture' && !/sig=/.test(query),
  )
  const folder = await mkdtemp(join(tmpdir(), 'fovea-scale-'))
  try {
    for (let original = 0; original < options.originals; original++) await drawOriginal(folder, original)
    const server = await startServer(new URL('../hits/edge-process.ts', import.meta.url), {
      originals: folder,
    })
    try {
      const sent = await play(server.url, trace)
      const { transformerInvocations, misses } = await readStats(server.url)
      return {
        requests: trace.length,
        measuredRuns: transformerInvocations,
        measuredHits: 1 - misses / trace.length,
        ...model(sent),
      }
    } finally {
      server.stop()
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

interface Sent {
  request: TraceRequest
  atMs: number
}

/** Asks for all of `trace`, some at a time. */
async function play(url: string, trace: readonly TraceRequest[]): Promise<Sent[]> {
  const waiting = [...trace]
  const sent: Sent[] = []
  const work = async () => {
    for (let request = waiting.shift(); request; request = waiting.shift()) {
      sent.push({ request, atMs: performance.now() })
      const { accept = '', 'save-data': saveData = '' } = request.headers
      const answer = await fetch(`${url}${request.path}?${request.query}`, {
        headers: { accept, 'save-data': saveData },
      })
      await answer.arrayBuffer()
      if (answer.status !== 200)
        throw new Error(`${request.query}: expected 200 but received ${answer.status}`)
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  return sent
}

/** What the model says of requests sent at these times. */
function model(sent: readonly Sent[]): Pick<Validation, 'modelledRuns' | 'modelledHits'> {
  const lambda = createLambdaModel(defaultWorld.lambda)
  const tiers = createTiers({ ...defaultWorld, edges: 1, regions: 0 }, lambda, () => 1)
  const numbers = new Map<string, number>()
  let hits = 0
  for (const { request, atMs } of sent) {
    const { url } = decideTraced(request)
    const name = `${url?.path}?${url?.query}`
    const variant = numbers.get(name) ?? numbers.size
    numbers.set(name, variant)
    const { by } = tiers.answer({ atMs, edge: 0, edgeShare: 1, variant, perSecond: 0, runMs: 100 })
    if (by === 'edge' || by === 'waited') hits++
  }
  return { modelledRuns: lambda.runs(), modelledHits: hits / sent.length }
}

async function drawOriginal(folder: string, original: number): Promise<void> {
  const file = join(folder, traceKey(original))
  await mkdir(dirname(file), { recursive: true })
  const background = { r: (original * 40) % 256, g: 120, b: 80 }
  await sharp({ create: { width: originalSide, height: originalSide, channels: 3, background } })
    .jpeg()
    .toFile(file)
}
