import { readQuality } from '../../transformer/plan/quality.ts'
import { traceCurve } from '../quality/curve.ts'
import type { Scorer } from '../score.ts'
import { median } from '../statistics.ts'
import { isMoving, type PeerCell, type PeerLap, type PeerRequest } from './cells.ts'
import { createLook } from './look.ts'
import type { Peer } from './peers.ts'
import type { PeerProcess } from './start-peer.ts'

/** A peer, running. */
export interface Rival {
  peer: Peer
  child: PeerProcess
}

/** What one makes of a cell at its defaults. */
export interface Made {
  /** Median, in milliseconds of one core. */
  cpuMs: number
  bytes: number
  score: number
}

/** Fovea beside one other in one cell. */
export interface PairFigures {
  peer: string
  original: string
  width: number
  format: string
  fovea: Made
  other: Made
  /** Fovea to the other in processor time: the median over pairs. */
  time: number
  /** In bytes, each at its defaults. */
  bytes: number
  /** Fovea's bytes at the other's score to the other's bytes. */
  equalBytes: number
  /** Whether Fovea reaches that score at any quality, or is below it at none. */
  reached: boolean
}

/** Differences of score that nobody sees. */
const sameScore = 0.5

/** All sides of a cell in turn, `pairs` times, after once that is not counted, then their scores. */
export async function compareCell(
  fovea: PeerProcess,
  rivals: readonly Rival[],
  cell: PeerCell,
  pairs: number,
  scorer: Scorer,
): Promise<PairFigures[]> {
  const { original, width, format } = cell
  const request: PeerRequest = { file: original.file, width, format, moving: isMoving(cell) }
  const sides = [fovea, ...rivals.map(({ child }) => child)]
  const first: PeerLap[] = []
  for (const side of sides) first.push(await side.make(request))
  const laps: number[][] = sides.map(() => [])
  for (let round = 0; round < pairs; round++) {
    // Whoever is second may find a busier machine, or a readier one.
    for (let turn = 0; turn < sides.length; turn++) {
      const at = (turn + round) % sides.length
      laps[at]?.push((await (sides[at] as PeerProcess).make(request)).cpuMs)
    }
  }
  const look = createLook(cell, scorer)
  const made = async (at: number, ground: Peer['ground']): Promise<Made> => {
    const bytes = first[at]?.bytes ?? Buffer.alloc(0)
    return {
      cpuMs: median(laps[at] ?? []),
      bytes: bytes.length,
      score: await look.score(bytes, ground === 'none' ? 'black' : ground),
    }
  }
  const ours = await made(0, 'white')
  const curve = traceCurve(async (quality) => {
    const { bytes } = await fovea.make({ ...request, quality })
    return { quality, bytes: bytes.length, score: await look.score(bytes, 'white') }
  })
  const figures: PairFigures[] = []
  for (const [index, { peer }] of rivals.entries()) {
    const other = await made(index + 1, peer.ground)
    const equal = await curve.find(other.score, readQuality(undefined))
    figures.push({
      peer: peer.name,
      original: original.name,
      width,
      format,
      fovea: ours,
      other,
      time: median(laps[0]?.map((ms, round) => ms / (laps[index + 1]?.[round] ?? Number.NaN)) ?? []),
      bytes: ours.bytes / other.bytes,
      equalBytes: equal.bytes / other.bytes,
      reached: Math.abs(equal.score - other.score) <= sameScore,
    })
  }
  return figures
}
