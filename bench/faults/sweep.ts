import type { Generations } from './generations.ts'
import { isSame } from './judge.ts'
import type { Client, Received, Target } from './send.ts'
import type { Truth } from './truth.ts'

/** What a look through the cache found after a fault. */
export interface Sweep {
  /** Different requests that were compared. */
  compared: number
  /** Of these answered from the cache. */
  cached: number
  /** Those that a healthy edge answers otherwise, in words. */
  differ: string[]
}

export interface SweepOptions {
  url: string
  client: Client
  truth: Pick<Truth, 'answer'>
  generations: Generations
}

/** Requests at a time. */
const atOnce = 4

/**
 * Asks again for everything that was asked for, so for everything that can be in the cache, and compares it with what a healthy edge
 * makes anew. Answered from the cache or not: an error that is kept is found as well as a picture.
 */
export async function sweepCache(asked: Iterable<Target>, options: SweepOptions): Promise<Sweep> {
  const targets = [...new Map([...asked].map((each) => [nameTarget(each), each])).values()]
  const sweep: Sweep = { compared: 0, cached: 0, differ: [] }
  const left = targets[Symbol.iterator]()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const target of left) {
        const received = await options.client.send(options.url, target, 'sweep')
        sweep.compared++
        if (received.headers.age !== undefined) sweep.cached++
        const difference = await compare(received, options)
        if (difference) sweep.differ.push(difference)
      }
    }),
  )
  return sweep
}

async function compare(
  received: Received,
  { truth, generations }: SweepOptions,
): Promise<string | undefined> {
  const { target, sentAt, endedAt, status, broken, headers } = received
  if (target.expected?.includes(status)) return undefined
  const allowed = generations.allowed(target.key, sentAt, endedAt)
  for (const { generation, gone } of allowed) {
    if (gone ? status === 404 : isSame(received, await truth.answer(target, generation)) && !broken)
      return undefined
  }
  const expected = await Promise.all(
    allowed.map(async (each) => (each.gone ? 404 : (await truth.answer(target, each.generation)).status)),
  )
  const what = broken ?? (expected.includes(status) ? 'other bytes' : `expected ${expected.join(' or ')}`)
  return `${target.url}: ${status}, ${headers['x-cache']}, ${what}`
}

/** Two requests of one name are answered alike. */
function nameTarget({ url, headers }: Target): string {
  return `${url} ${JSON.stringify(headers)}`
}
