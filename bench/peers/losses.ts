import type { PairFigures } from './compare.ts'
import type { LoadFigures } from './load.ts'

/** A place where somebody is better than Fovea. */
export interface Loss {
  peer: string
  /** Such as `12 MP → 800 webp`, or `webp, eight at a time`. */
  where: string
  /** In what, with the ratio. */
  how: string
  /** Whether Fovea makes up for it nowhere: slower and larger at once. */
  both: boolean
}

/** Ratios below which a difference is noise: of times here, of bytes because qualities are whole numbers. */
const noise = { time: 1.05, bytes: 1.02, rate: 1.05, memory: 1.05 } as const

/** All places where a peer is faster, smaller at the same score, does more at a time or takes less memory. */
export function listLosses(cells: readonly PairFigures[], load: readonly LoadFigures[]): Loss[] {
  return [...cells.flatMap(judgeCell), ...load.flatMap((each) => judgeLoad(each, load))]
}

function judgeCell({ peer, original, width, format, time, equalBytes, reached }: PairFigures): Loss[] {
  const slower = time > noise.time
  const larger = equalBytes > noise.bytes
  if (!slower && !larger) return []
  const how = [
    ...(slower ? [`${time.toFixed(2)} × the time`] : []),
    ...(larger ? [`${equalBytes.toFixed(2)} × the bytes at ${reached ? 'equal' : 'the nearest'} score`] : []),
  ]
  return [
    {
      peer,
      where: `${original} → ${width} ${format}`,
      how: how.join(' and '),
      both: slower && larger,
    },
  ]
}

function judgeLoad(other: LoadFigures, load: readonly LoadFigures[]): Loss[] {
  const ours = load.find(({ name, format }) => name === 'fovea' && format === other.format)
  if (!ours || ours === other) return []
  const rate = other.imagesPerSecond / ours.imagesPerSecond
  const alone = ours.aloneMegabytes / other.aloneMegabytes
  const busy = ours.busyMegabytes / other.busyMegabytes
  const at = (where: string, how: string): Loss => ({ peer: other.name, where, how, both: false })
  return [
    ...(rate > noise.rate
      ? [at(`${other.format}, eight at a time`, `${(1 / rate).toFixed(2)} × the images a second`)]
      : []),
    ...(alone > noise.memory ? [at(`${other.format}, one variant`, `${alone.toFixed(2)} × the memory`)] : []),
    ...(busy > noise.memory
      ? [at(`${other.format}, eight at a time`, `${busy.toFixed(2)} × the memory`)]
      : []),
  ]
}
