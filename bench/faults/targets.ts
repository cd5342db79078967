import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { makeGrain } from '../../edge/samples/grain.ts'
import { decideTraced, traceKey } from '../trace/site.ts'
import { playTrace } from '../trace/trace.ts'
import type { Target } from './send.ts'

/** What viewers ask for, of a few originals, as the trace has it. */
export interface Targets {
  /** Asked for all the time, and in the cache. */
  popular: readonly Target[]
  /** In the cache, and overdue by days. Not asked for before the fault. */
  aged: readonly Target[]
  /** Each asked for once: misses. */
  fresh: readonly Target[]
  /** What is refused by right: missing originals, bad values. */
  refused: readonly Target[]
}

/** Originals: few and small, so that two cores can make their variants while others are served. */
const originals = 12
const size = { width: 640, height: 480 }

/** Requests of the trace that are looked through. */
const requests = 30_000

const counts = { popular: 16, aged: 8, fresh: 160, refused: 6 }

/** The keys of the originals. */
export const originalKeys: readonly string[] = Array.from({ length: originals }, (_, at) => traceKey(at))

/** The originals that overwriting and deleting meet: two of which the load has most. */
export const changedKeys = { overwritten: traceKey(0), deleted: traceKey(1) } as const

/** Draws all originals into `folder`. */
export async function drawOriginals(folder: string): Promise<void> {
  for (const [at, key] of originalKeys.entries()) await writeOriginal(folder, key, await drawOriginal(at))
}

export async function writeOriginal(folder: string, key: string, bytes: Buffer): Promise<void> {
  const path = join(folder, key)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
}

/**
 * An original: grain on a colour, and a bar. Others for other numbers.
 *
 * @param number 0 and above.
 */
export function drawOriginal(number: number): Promise<Buffer> {
  const tile = 256
  const bar = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}"><rect x="${(number * 37) % 500}" y="60" width="110" height="300" fill="hsl(${(number * 67) % 360} 70% 40%)"/></svg>`,
  )
  return sharp({ create: { ...size, channels: 3, background: `hsl(${(number * 31) % 360}, 50%, 70%)` } })
    .composite([
      { input: bar },
      {
        input: makeGrain(tile, 30),
        raw: { width: tile, height: tile, channels: 1 },
        tile: true,
        blend: 'soft-light',
      },
    ])
    .jpeg({ quality: 88 })
    .toBuffer()
}

/**
 * Chooses requests of the trace, each of another variant, so that no part of the load fills the cache for another.
 *
 * @throws Error where the trace has too few.
 */
export function chooseTargets(): Targets {
  const variants = new Map<string, Target>()
  const refused = new Map<string, Target>()
  for (const traced of playTrace({ requests, originals, sale: 0 })) {
    const { intent, path, query, headers } = traced
    // What is signed with the trace's key no deployment takes: the bench signs with one of its own.
    if (/(?:^|&)sig=/.test(query)) continue
    const target = { url: `${path}?${query}`, headers: withoutHost(headers), key: path.slice(1) }
    const decision = decideTraced(traced)
    if (intent === 'missing' || intent === 'invalid')
      refused.set(intent === 'missing' ? path : target.url, target)
    else if (intent === 'picture' && decision.url && !decision.refusal) {
      const variant = `${decision.url.path}?${decision.url.query}`
      if (!variants.has(variant)) variants.set(variant, target)
    }
  }
  const all = [...variants.values()]
  const { popular, aged, fresh } = counts
  const needed = popular + aged + fresh
  if (all.length < needed) throw new Error(`expected ${needed} variants in the trace but found ${all.length}`)
  return {
    popular: all.slice(0, popular),
    aged: all.slice(popular, popular + aged),
    fresh: all.slice(popular + aged, needed),
    refused: [...refused.values()].slice(0, counts.refused),
  }
}

/** The trace's own host is no address of the local edge. */
function withoutHost(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host'))
}
