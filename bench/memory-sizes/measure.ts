import { readSettings } from '../../transformer/settings.ts'
import type { BuiltTransformer } from '../deployment.ts'
import type { CaseFigures } from '../memory/measure.ts'
import { startOriginals } from '../originals.ts'
import { preparePhotographs } from '../photographs.ts'
import { median } from '../statistics.ts'
import type { Lap } from '../transform/contender.ts'
import { listCells } from '../transform/jobs.ts'
import { type Contender, startContender } from '../transform/start-contender.ts'
import { type WeightedCell, weighCells } from './jobs.ts'
import { chooseLimiter, type Limiter } from './limit-processor.ts'
import { shareOf, sizes } from './sizes.ts'

/** The transformer at one size. */
export interface SizeFigures {
  memoryMegabytes: number
  /** Processors that it may have. */
  share: number
  /** Processors that it had while it worked: less where others had them. */
  hadShare: number
  /** By transform of the mix, in its order: medians. */
  jobMs: readonly number[]
  /** Of the mix: mean of the medians by weight, and what half and 95 % of its transforms take at most. */
  meanMs: number
  p50Ms: number
  p95Ms: number
  /** Largest resident size of the process after all of them. */
  peakMegabytes: number
}

export interface MemorySizesFigures {
  /** Where the photograph's pixels come from. */
  source: string
  /** How processes were held to their share. */
  how: string
  rounds: number
  mix: readonly Pick<WeightedCell, 'photograph' | 'width' | 'format' | 'weight'>[]
  sizes: readonly SizeFigures[]
  /** The costliest that the default limits admit, each in a process of its own; undefined where they were not asked for. */
  extremes: readonly CaseFigures[] | undefined
}

interface Sandbox {
  memoryMegabytes: number
  contender: Contender
  release(): void
}

/** The mix at all sizes in turn, `rounds` times. */
export async function measureSizes(
  transformer: BuiltTransformer,
  rounds: number,
): Promise<Omit<MemorySizesFigures, 'extremes'>> {
  const photographs = await preparePhotographs()
  const [photograph] = photographs.photographs
  const originals = await startOriginals(photographs.folder)
  const environment = { ...transformer.environment, ...originals.environment }
  const limiter = chooseLimiter()
  const sandboxes: Sandbox[] = []
  try {
    const cells = await listCells({ ...photographs, photographs: [photograph] }, readSettings(environment))
    const mix = weighCells(cells)
    for (const size of sizes)
      sandboxes.push(await startSandbox({ ...transformer, environment }, size, mix, limiter))
    const laps: Lap[][][] = sandboxes.map(() => mix.map(() => []))
    for (let round = 0; round < rounds; round++) {
      for (const [at, { memoryMegabytes, contender }] of sandboxes.entries()) {
        process.stderr.write(`round ${round + 1} of ${rounds}, ${memoryMegabytes} MB …\n`)
        for (const [job, cell] of mix.entries()) laps[at]?.[job]?.push(await contender.make(cell.job))
      }
    }
    const figures: SizeFigures[] = []
    for (const [at, { memoryMegabytes, contender }] of sandboxes.entries()) {
      const { peakMegabytes } = await contender.describe()
      figures.push({ ...summarize(memoryMegabytes, mix, laps[at] ?? []), peakMegabytes })
    }
    return {
      source: photographs.source,
      how: limiter.how,
      rounds,
      mix: mix.map(({ photograph: name, width, format, weight }) => ({
        photograph: name,
        width,
        format,
        weight,
      })),
      sizes: figures,
    }
  } finally {
    for (const { contender, release } of sandboxes) {
      release()
      contender.stop()
    }
    originals.stop()
  }
}

/** Warm before it is held, as an environment of Lambda has all of a processor while it starts. */
async function startSandbox(
  { file, environment, execArgv }: BuiltTransformer,
  memoryMegabytes: number,
  mix: readonly WeightedCell[],
  limiter: Limiter,
): Promise<Sandbox> {
  const script = new URL('../transform/fovea-process.ts', import.meta.url)
  const contender = await startContender(script, environment, [file], execArgv)
  for (const { job } of mix) await contender.make(job)
  const release = contender.pid ? limiter.limit(contender.pid, shareOf(memoryMegabytes)) : () => {}
  return { memoryMegabytes, contender, release }
}

/** What the laps of one size come to, by the weights of the mix. */
export function summarize(
  memoryMegabytes: number,
  mix: readonly Pick<WeightedCell, 'weight'>[],
  laps: readonly (readonly Pick<Lap, 'ms' | 'cpuMs'>[])[],
): Omit<SizeFigures, 'peakMegabytes'> {
  const all = laps.flat()
  const sumOf = (read: (lap: Pick<Lap, 'ms' | 'cpuMs'>) => number) =>
    all.reduce((sum, lap) => sum + read(lap), 0)
  const jobMs = laps.map((each) => median(each.map(({ ms }) => ms)))
  const weighed = laps.flatMap((each, job) =>
    each.map(({ ms }) => ({ ms, weight: (mix[job]?.weight ?? 0) / each.length })),
  )
  return {
    memoryMegabytes,
    share: shareOf(memoryMegabytes),
    hadShare: sumOf(({ cpuMs }) => cpuMs) / sumOf(({ ms }) => ms),
    jobMs,
    meanMs: jobMs.reduce((sum, ms, job) => sum + ms * (mix[job]?.weight ?? 0), 0),
    p50Ms: findQuantile(weighed, 0.5),
    p95Ms: findQuantile(weighed, 0.95),
  }
}

/** The least time that `share` of the weight takes at most. */
function findQuantile(laps: readonly { ms: number; weight: number }[], share: number): number {
  const all = laps.reduce((sum, { weight }) => sum + weight, 0)
  let seen = 0
  for (const { ms, weight } of laps.toSorted((a, b) => a.ms - b.ms)) {
    seen += weight
    if (seen >= share * all) return ms
  }
  return Number.NaN
}
