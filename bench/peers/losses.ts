import type { PairFigures } from './compare.ts'
import type { LoadFigures } from './load.ts'

/** In what somebody can be better, in words that follow a ratio of Fovea to them. */
export const lossKinds = {
  time: 'the time',
  bytes: 'the bytes at equal score',
  images: 'the images a second',
  memory: 'the memory',
} as const
export type LossKind = keyof typeof lossKinds

/** A place where somebody is better than Fovea. */
export interface Loss {
  peer: string
  format: string
  /** Such as `12 MP → 800`, or `eight at a time`. */
  where: string
  kind: LossKind
  /** Fovea to the other. */
  ratio: number
  /** Whether Fovea makes up for it by nothing: slower and larger at once. */
  both: boolean
}

/** Ratios up to which a difference is noise; of bytes because qualities are whole numbers. */
const noise: Readonly<Record<LossKind, number>> = { time: 1.05, bytes: 1.02, images: 1.05, memory: 1.05 }

/** All places where a peer is faster, smaller at the same score, does more at a time or takes less memory. */
export function listLosses(cells: readonly PairFigures[], load: readonly LoadFigures[]): Loss[] {
  return [...cells.flatMap(judgeCell), ...load.flatMap((each) => judgeLoad(each, load))]
}

function judgeCell({ peer, original, width, format, time, equalBytes }: PairFigures): Loss[] {
  const losses = [
    { kind: 'time' as const, ratio: time },
    { kind: 'bytes' as const, ratio: equalBytes },
  ].filter(({ kind, ratio }) => ratio > noise[kind])
  return losses.map((loss) => ({
    peer,
    format,
    where: `${original} → ${width}`,
    ...loss,
    both: losses.length > 1,
  }))
}

function judgeLoad(other: LoadFigures, load: readonly LoadFigures[]): Loss[] {
  const { name: peer, format } = other
  const ours = load.find((each) => each.name === 'fovea' && each.format === format)
  if (!ours || ours === other) return []
  const busy = 'eight at a time'
  const compared = [
    {
      kind: 'images' as const,
      where: busy,
      ratio: ours.imagesPerSecond / other.imagesPerSecond,
      // More is better here.
      worse: other.imagesPerSecond / ours.imagesPerSecond,
    },
    { kind: 'memory' as const, where: 'one variant', ratio: ours.aloneMegabytes / other.aloneMegabytes },
    { kind: 'memory' as const, where: busy, ratio: ours.busyMegabytes / other.busyMegabytes },
  ]
  return compared
    .filter(({ kind, ratio, worse = ratio }) => worse > noise[kind])
    .map(({ kind, where, ratio }) => ({ peer, format, where, kind, ratio, both: false }))
}
