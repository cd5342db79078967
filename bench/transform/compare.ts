import { geometricMean, median } from '../statistics.ts'
import type { Lap } from './contender.ts'
import type { Cell } from './jobs.ts'
import type { Contender } from './start-contender.ts'

/** What a cell of the table measured: medians. */
export interface CellFigures {
  photograph: string
  width: number
  format: string
  /** Of the variant: of a still the same from both sides. */
  bytes: number
  foveaMs: number
  plainMs: number
  /** Fovea to plain in time: the median over pairs. */
  ratio: number
  /** The same of processor time, which other work on the machine changes less. */
  cpuRatio: number
  pairs: number
}

export interface Comparison {
  cells: CellFigures[]
  /** Geometric means of the cells' ratios. */
  ratio: number
  cpuRatio: number
}

interface Pair {
  fovea: Lap
  plain: Lap
}

/** Pairs at least, however long they take. Odd, so that a median is one of them. */
const leastPairs = 15

/**
 * Makes each cell's variant on both sides in turn, for `seconds` and in {@link leastPairs} pairs at least, so that what else
 * the machine does meets both alike.
 *
 * @throws Error where the sides do not make the same bytes of a still: then they do not do the same work.
 */
export async function compareContenders(
  fovea: Contender,
  plain: Contender,
  cells: readonly Cell[],
  seconds: number,
): Promise<Comparison> {
  const figures: CellFigures[] = []
  for (const cell of cells) figures.push(await compareCell(fovea, plain, cell, seconds))
  return {
    cells: figures,
    ratio: geometricMean(figures.map(({ ratio }) => ratio)),
    cpuRatio: geometricMean(figures.map(({ cpuRatio }) => cpuRatio)),
  }
}

async function compareCell(
  fovea: Contender,
  plain: Contender,
  { job, photograph, width, format }: Cell,
  seconds: number,
): Promise<CellFigures> {
  // Not counted: compilers and caches settle.
  const first = { fovea: await fovea.make(job), plain: await plain.make(job) }
  // Plain sharp scales an animation as one tall picture, whose frames bleed into each other.
  if (!job.moving && !Buffer.from(first.fovea.bytes).equals(first.plain.bytes)) {
    throw new Error(`${photograph}, ${job.query}: expected the same bytes from both sides`)
  }
  const pairs: Pair[] = []
  const endsAt = performance.now() + seconds * 1000
  while (pairs.length < leastPairs || performance.now() < endsAt) {
    // Whoever is second may find a busier machine, or a readier one.
    const foveaFirst = pairs.length % 2 === 0
    const early = await (foveaFirst ? fovea : plain).make(job)
    const late = await (foveaFirst ? plain : fovea).make(job)
    pairs.push(foveaFirst ? { fovea: early, plain: late } : { fovea: late, plain: early })
  }
  return {
    photograph,
    width,
    format,
    bytes: first.fovea.bytes.length,
    foveaMs: median(pairs.map((pair) => pair.fovea.ms)),
    plainMs: median(pairs.map((pair) => pair.plain.ms)),
    ratio: median(pairs.map((pair) => pair.fovea.ms / pair.plain.ms)),
    cpuRatio: median(pairs.map((pair) => pair.fovea.cpuMs / pair.plain.cpuMs)),
    pairs: pairs.length,
  }
}
