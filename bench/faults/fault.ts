import type { Generations } from './generations.ts'
import type { Stream } from './load.ts'
import type { Target } from './send.ts'
import type { TestedEdge, TestedEdgeSettings } from './tested-edge.ts'
import type { Truth } from './truth.ts'

/** The parts of the load. */
export const streamNames = ['popular', 'aged', 'fresh', 'signed', 'refused', 'special'] as const

export type StreamName = (typeof streamNames)[number]

/** Signs a picture's URL with a key of the store. `aheadMs`: how far the signer's clock is wrong. */
export type Sign = (key: string, width: number, options?: SignOptions) => Target

export interface SignOptions {
  kid?: string
  secret?: string
  aheadMs?: number
  lifetimeSeconds?: number
}

/** What a fault works with. */
export interface World {
  edge: TestedEdge
  truth: Truth
  generations: Generations
  sign: Sign
  /** Targets of the stream `special`, a fault's own: what is put here is asked for in turn. */
  special: Target[]
  /** Seconds that the fault lasts. */
  seconds: number
  /** Something worth a line of the report. */
  note(line: string): void
}

/** Something that goes wrong, and what must come of it. */
export interface Fault {
  /** As `--fault` takes it. */
  name: string
  /** What is done, in one sentence. */
  done: string
  /** What viewers should notice, in one sentence. */
  design: string
  edge?: TestedEdgeSettings
  /** Requests a second of a part of the load, in place of the usual. */
  perSecond?: Partial<Record<StreamName, number>>
  /** Seconds that it lasts at least; else as the command line says. */
  minSeconds?: number
  /** Statuses that viewers may see instead of pictures while it lasts, by part of the load; 0 is no answer. No others: it fails. */
  allowed: Partial<Record<StreamName, readonly number[]>>
  /** Statuses that stay right after it was lifted: what is refused for good. */
  after?: Partial<Record<StreamName, readonly number[]>>
  /** Parts of the load of which something must have been answered stale. */
  stale?: readonly StreamName[]
  /** The alarms that are meant for it. None where viewers notice nothing. */
  alarms: readonly string[]
  /** Why this machine cannot play it, if it cannot. */
  findObstacle?(): string | undefined
  /**
   * A deployment of its own, where the usual one has not what fails: its cloud assembly, in a folder that is
   * removed when it was played, or why there is none.
   */
  assemble?(): Promise<{ assembly: string } | { obstacle: string }>
  /** Before the load. */
  prepare?(world: World): Promise<void>
  /** Begins the fault and returns what ends it. */
  inject(world: World): Promise<() => Promise<void>>
}

/** Whether `stream` is one of the load's. */
export function isStreamName(stream: Stream['name']): stream is StreamName {
  return streamNames.some((name) => name === stream)
}
