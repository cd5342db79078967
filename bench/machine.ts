import { readFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import sharp from 'sharp'

/** What the figures depend on. */
export interface Machine {
  cpu: string
  cores: number
  memoryMegabytes: number
  /** Processes that want a core, mean of the last minute: what else ran when the bench began. */
  load: number
  platform: string
  node: string
  sharp: string
  libvips: string
  fovea: string
}

/** This machine, and the versions that run on it. */
export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryMegabytes: Math.round(totalmem() / 1024 / 1024),
    load: loadavg()[0] ?? Number.NaN,
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    sharp: sharp.versions.sharp ?? 'unknown',
    libvips: sharp.versions.vips,
    fovea: JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version,
  }
}

/** `machine` in one line. */
export function formatMachine(machine: Machine): string {
  const { cpu, cores, load, platform, node, fovea } = machine
  return [
    `${cpu}, ${cores} cores, load ${load.toFixed(1)}, ${platform}`,
    `Node ${node}, sharp ${machine.sharp}, libvips ${machine.libvips}, Fovea ${fovea}`,
  ].join('; ')
}
