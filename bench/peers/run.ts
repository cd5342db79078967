import { openScorer } from '../score.ts'
import { formats, listCells, type PeerCell, type PeerOriginal } from './cells.ts'
import { compareCell, type PairFigures, type Rival } from './compare.ts'
import { describeSource, installPeer } from './install.ts'
import { type Contestant, type LoadFigures, loadWidth, measureLoad } from './load.ts'
import { prepareOriginals } from './originals.ts'
import { findInability, type Peer, peers } from './peers.ts'
import { type PeerProcess, startPeer } from './start-peer.ts'

export interface PeersOptions {
  /** Of {@link peers}, by name. */
  names: ReadonlySet<string>
  /** Variants and bursts of each that are counted. */
  rounds: number
  /** Whether only one photograph at one width is compared. */
  quick: boolean
}

/** Everything a run measured. */
export interface PeersFigures {
  /** Where the originals' pixels come from. */
  source: string
  /** Those that took part. */
  peers: readonly { name: string; version: string; settings: string; floor: boolean }[]
  /** Those that did not, and why. */
  missing: readonly { name: string; reason: string }[]
  rounds: number
  cells: readonly PairFigures[]
  load: readonly LoadFigures[]
  /** Cells in which one has no part, and why. */
  skipped: readonly string[]
}

interface Installed {
  peer: Peer
  start(): Promise<PeerProcess>
}

/** All cells of the tables, one after the other. */
export async function measurePeers({ names, rounds, quick }: PeersOptions): Promise<PeersFigures> {
  const { source, originals } = await prepareOriginals()
  const { installed, missing } = await installAll(
    peers.filter(({ name }) => names.has(name)),
    originals[0] as PeerOriginal,
  )
  const chosen = listCells(originals).filter(
    ({ original, width }) => !quick || (original === originals[0] && width === loadWidth),
  )
  const { cells, skipped } = await compareCells(chosen, installed, rounds)
  return {
    source,
    peers: installed.map(({ peer: { name, source: from, settings, floor } }) => ({
      name,
      version: describeSource(name, from),
      settings,
      floor,
    })),
    missing,
    rounds,
    cells,
    load: await measureLoads(installed, originals[0] as PeerOriginal, rounds),
    skipped,
  }
}

/** Says aloud who is left out. */
async function installAll(
  wanted: readonly Peer[],
  original: PeerOriginal,
): Promise<{ installed: Installed[]; missing: { name: string; reason: string }[] }> {
  const installed: Installed[] = []
  const missing: { name: string; reason: string }[] = []
  for (const peer of wanted) {
    try {
      process.stderr.write(`${peer.name}: installing, unless it is …\n`)
      const folder = await installPeer(peer.source)
      const start = () => startPeer(peer.script, folder, peer.name)
      await tryOut(await start(), original)
      installed.push({ peer, start })
    } catch (error) {
      const reason = (error as Error).message
      process.stderr.write(`${peer.name} is left out: ${reason}\n`)
      missing.push({ name: peer.name, reason })
    }
  }
  return { installed, missing }
}

/** @throws Error where what is installed makes nothing. */
async function tryOut(child: PeerProcess, { file }: PeerOriginal): Promise<void> {
  try {
    await child.make({ file, width: 16, format: 'jpeg', moving: false })
  } finally {
    child.stop()
  }
}

async function compareCells(
  chosen: readonly PeerCell[],
  installed: readonly Installed[],
  rounds: number,
): Promise<Pick<PeersFigures, 'cells' | 'skipped'>> {
  const scorer = await openScorer()
  const rivals: Rival[] = []
  const fovea = await startPeer('fovea-process.ts')
  const cells: PairFigures[] = []
  const skipped: string[] = []
  try {
    for (const { peer, start } of installed) rivals.push({ peer, child: await start() })
    for (const cell of chosen) {
      const able = rivals.filter(({ peer }) => note(peer, cell, skipped))
      process.stderr.write(`${describe(cell)} …\n`)
      cells.push(...(await compareCell(fovea, able, cell, rounds, scorer)))
    }
    return { cells, skipped }
  } finally {
    for (const each of [fovea, ...rivals.map(({ child }) => child)]) each.stop()
    scorer.close()
  }
}

async function measureLoads(
  installed: readonly Installed[],
  original: PeerOriginal,
  rounds: number,
): Promise<LoadFigures[]> {
  const contestants: Contestant[] = [
    { name: 'fovea', start: () => startPeer('fovea-process.ts') },
    ...installed.map(({ peer: { name }, start }) => ({ name, start })),
  ]
  const figures: LoadFigures[] = []
  for (const format of formats) {
    process.stderr.write(`eight at a time, ${format} …\n`)
    figures.push(...(await measureLoad(contestants, original, format, rounds)))
  }
  return figures
}

function note(peer: Peer, cell: PeerCell, skipped: string[]): boolean {
  const inability = findInability(peer, cell)
  if (inability && !skipped.includes(inability)) skipped.push(inability)
  return inability === undefined
}

function describe({ original, width, format }: PeerCell): string {
  return `${original.name} → ${width} ${format}`
}
