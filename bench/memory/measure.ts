import { readSettings } from '../../transformer/settings.ts'
import type { BuiltTransformer } from '../deployment.ts'
import { startOriginals } from '../originals.ts'
import { type Contender, startContender } from '../transform/start-contender.ts'
import { listCases, type MemoryCase } from './cases.ts'
import { prepareExtremes } from './extremes.ts'

/** What one request took, in a process that did nothing else. */
export interface CaseFigures extends Pick<MemoryCase, 'key' | 'query'> {
  /** Of the process, and of the one that draws vector graphics for it. */
  peakMegabytes: number
  ms: number
  /** `200`, or the status and code of what was answered instead. */
  outcome: string
}

/** Asks of the built transformer the costliest that its settings admit, each in a process of its own. */
export async function measureExtremes({
  file,
  environment,
  execArgv,
}: BuiltTransformer): Promise<CaseFigures[]> {
  const settings = readSettings({ IMAGE_BUCKET: 'originals', ...environment })
  const extent = {
    pixels: settings.maxSourcePixels,
    costlyPixels: settings.maxCostlySourcePixels,
    frames: settings.maxFrames,
  }
  const originals = await startOriginals(await prepareExtremes(extent))
  const env = { ...environment, ...originals.environment }
  const figures: CaseFigures[] = []
  try {
    for (const each of listCases(settings.maxOutputPixels, settings.maxAvifOutputPixels, extent)) {
      const script = new URL('../transform/fovea-process.ts', import.meta.url)
      const fovea = await startContender(script, env, [file], execArgv)
      figures.push(await measureCase(fovea, each).finally(fovea.stop))
    }
    return figures
  } finally {
    originals.stop()
  }
}

/** @throws Error where the request is no canonical one: it would have cost nothing. */
async function measureCase(fovea: Contender, { key, query, job }: MemoryCase): Promise<CaseFigures> {
  const startedAt = performance.now()
  // The built transformer plans size and encoder for itself.
  const unplanned = { width: 0, height: 0, encoder: { format: 'webp', options: {} } } as const
  const outcome = await fovea.make({ ...job, ...unplanned }).then(() => '200', readOutcome)
  const ms = performance.now() - startedAt
  if (outcome.startsWith('400'))
    throw new Error(`${key}?${query}: expected a canonical request but received ${outcome}`)
  const { peakMegabytes } = await fovea.describe()
  return { key, query, peakMegabytes, ms, outcome }
}

/** See `fovea-process.ts`. */
function readOutcome(error: Error): string {
  const [, status, code] = /received (\d+): .*?"code":"([^"]*)"/.exec(error.message) ?? []
  if (status && code) return `${status} ${code}`
  throw error
}
