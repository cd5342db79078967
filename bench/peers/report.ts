import { geometricMean } from '../statistics.ts'
import type { PairFigures } from './compare.ts'
import type { LoadFigures } from './load.ts'
import { listLosses, lossKinds } from './losses.ts'
import { peers } from './peers.ts'
import type { PeersFigures } from './run.ts'

/** What fails the bench. */
export interface PeerBounds {
  /** Ratio of processor times above which Fovea is called slower: what lies below is noise. */
  slower: number
  /** How many times faster AVIF must be than with sharp's own effort. */
  avifFactor: number
}

/** Means of Fovea's ratios to a peer over the cells of a format. */
export interface PeerMeans {
  peer: string
  format: string
  time: number
  bytes: number
  equalBytes: number
  cells: number
}

/** Geometric means, by peer and format. */
export function averageCells(cells: readonly PairFigures[]): PeerMeans[] {
  const names = [...new Set(cells.map(({ peer }) => peer))]
  const formats = [...new Set(cells.map(({ format }) => format))]
  return names.flatMap((peer) =>
    formats.map((format) => {
      const own = cells.filter((cell) => cell.peer === peer && cell.format === format)
      const meanOf = (ratio: 'time' | 'bytes' | 'equalBytes') => geometricMean(own.map((cell) => cell[ratio]))
      return {
        peer,
        format,
        time: meanOf('time'),
        bytes: meanOf('bytes'),
        equalBytes: meanOf('equalBytes'),
        cells: own.length,
      }
    }),
  )
}

/** `figures` for people. */
export function formatPeers(figures: PeersFigures): string {
  const { source, peers: present, missing, rounds, cells, load, skipped } = figures
  const losses = listLosses(cells, load)
  return [
    `Fovea beside ${present.map(({ version }) => version).join(', ')}, all at their defaults on one core; ${source}`,
    ...missing.map(({ name, reason }) => `LEFT OUT: ${name}: ${reason}`),
    `milliseconds of processor time, medians of ${rounds}; score: SSIMULACRA 2 against plain sharp's pixels;`,
    "ratios are Fovea's to the other's, equal: of bytes at the other's score",
    '',
    'original  width  format  other       ms          other  kB         other  score other   time  bytes  equal',
    ...cells.map(formatCell),
    '',
    'geometric means      time  bytes  equal',
    ...averageCells(cells).map(
      ({ peer, format, time, bytes, equalBytes }) =>
        `${peer.padEnd(9)} ${format.padEnd(6)}${[time, bytes, equalBytes].map((each) => each.toFixed(2).padStart(8)).join('')}`,
    ),
    '',
    'eight at a time      images/s   ms each   MB of one   MB of eight',
    ...load.map(formatLoad),
    '',
    ...skipped.map((reason) => `left out: ${reason}`),
    losses.length > 0 ? 'where Fovea loses:' : 'Fovea loses nowhere',
    ...losses.map(
      ({ peer, format, where, kind, ratio, both }) =>
        `  ${both ? '!' : ' '} ${peer}: ${where} ${format}: ${ratio.toFixed(2)} × ${lossKinds[kind]}`,
    ),
    ...present.map(({ version, settings }) => `${version}: ${settings}`),
  ].join('\n')
}

function formatCell({ peer, original, width, format, fovea, other, ...ratios }: PairFigures): string {
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1).padStart(9)
  return [
    original.padEnd(8),
    String(width).padStart(7),
    `  ${format.padEnd(8)}${peer.padEnd(8)}`,
    fovea.cpuMs.toFixed(0).padStart(6),
    other.cpuMs.toFixed(0).padStart(15),
    kilobytes(fovea.bytes),
    kilobytes(other.bytes).padStart(12),
    fovea.score.toFixed(1).padStart(7),
    other.score.toFixed(1).padStart(6),
    ratios.time.toFixed(2).padStart(7),
    ratios.bytes.toFixed(2).padStart(7),
    ratios.equalBytes.toFixed(2).padStart(7),
    ratios.reached ? '' : ' (score not reached)',
  ].join('')
}

function formatLoad({ name, format, imagesPerSecond, cpuMsPerImage, ...memory }: LoadFigures): string {
  return [
    `${name.padEnd(9)} ${format.padEnd(6)}`,
    imagesPerSecond.toFixed(1).padStart(13),
    cpuMsPerImage.toFixed(0).padStart(10),
    memory.aloneMegabytes.toFixed(0).padStart(12),
    memory.busyMegabytes.toFixed(0).padStart(14),
  ].join('')
}

/** The bounds that are missed. Nothing is asked of Fovea beside a floor but AVIF's factor. */
export function judgePeers({ cells }: Pick<PeersFigures, 'cells'>, bounds: PeerBounds): string[] {
  return cells.flatMap((cell) => {
    const where = `${cell.original} → ${cell.width} ${cell.format} against ${cell.peer}`
    return [...judgeBoth(cell, bounds), ...judgeAvif(cell, bounds)].map((failure) => `${where}: ${failure}`)
  })
}

function judgeBoth({ peer, time, equalBytes }: PairFigures, { slower }: PeerBounds): string[] {
  if (findPeer(peer)?.floor || time <= slower || equalBytes <= 1) return []
  return [`${time.toFixed(2)} × the time and ${equalBytes.toFixed(2)} × the bytes at equal score`]
}

function judgeAvif({ format, peer, time }: PairFigures, { avifFactor }: PeerBounds): string[] {
  const avif = findPeer(peer)?.avif ?? 'own'
  const most = avif === 'default effort' ? 1 / avifFactor : 1
  // With another library bytes count as much as time: see judgeBoth.
  if (format !== 'avif' || avif === 'own' || time <= most) return []
  return [`${(1 / time).toFixed(1)} × faster, expected ${(1 / most).toFixed(1)}`]
}

function findPeer(wanted: string) {
  return peers.find(({ name }) => name === wanted)
}
