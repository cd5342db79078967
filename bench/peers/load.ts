import { median } from '../statistics.ts'
import type { Format, PeerOriginal } from './cells.ts'
import type { Burst, BurstFigures } from './serve-peer.ts'
import type { PeerProcess } from './start-peer.ts'

/** What one does with several requests at a time, and the memory that it takes. */
export interface LoadFigures {
  /** `fovea`, or the name of a peer. */
  name: string
  format: Format
  /** By the clock: median of the bursts. */
  imagesPerSecond: number
  /** Processor time of one of them, likewise: what other work on the machine changes less. */
  cpuMsPerImage: number
  /** Peak of a process that has made one variant. */
  aloneMegabytes: number
  /** The same after the bursts. */
  busyMegabytes: number
}

/** Requests at a time. */
export const concurrency = 8

/** Variants of a burst: of AVIF, which takes some ten times as long, each once. */
const burstCounts: Readonly<Record<Format, number>> = { jpeg: 16, webp: 16, avif: concurrency }

/** A picture in a page. */
export const loadWidth = 800

/** Somebody who takes part. */
export interface Contestant {
  name: string
  start(): Promise<PeerProcess>
}

/** Bursts of all in turn, `rounds` times, each in a fresh process. */
export async function measureLoad(
  contestants: readonly Contestant[],
  original: PeerOriginal,
  format: Format,
  rounds: number,
): Promise<LoadFigures[]> {
  const processes: PeerProcess[] = []
  try {
    for (const { start } of contestants) processes.push(await start())
    const request = { file: original.file, width: loadWidth, format, moving: false }
    const burst: Burst = { request, count: burstCounts[format], concurrency }
    const alone: number[] = []
    for (const each of processes) {
      await each.make(request)
      alone.push(await each.readPeakMegabytes())
    }
    const bursts: BurstFigures[][] = processes.map(() => [])
    for (let round = 0; round < rounds; round++) {
      for (const [at, each] of processes.entries()) bursts[at]?.push(await each.burst(burst))
    }
    const figures: LoadFigures[] = []
    for (const [at, { name }] of contestants.entries()) {
      figures.push({
        name,
        format,
        imagesPerSecond: median((bursts[at] ?? []).map(({ ms }) => (burst.count * 1000) / ms)),
        cpuMsPerImage: median((bursts[at] ?? []).map(({ cpuMs }) => cpuMs / burst.count)),
        aloneMegabytes: alone[at] ?? Number.NaN,
        busyMegabytes: (await processes[at]?.readPeakMegabytes()) ?? Number.NaN,
      })
    }
    return figures
  } finally {
    for (const each of processes) each.stop()
  }
}
