import { LRUCache } from 'lru-cache'
import { playTrace, type TraceOptions } from '../trace/trace.ts'
import { estimateVariant, type TransformCost } from '../trace/transform-times.ts'
import { rules } from './rules.ts'

/** What one key made of the trace with one size of cache. */
export interface CacheFigures {
  /** Bytes of the cache, null for one that forgets nothing. */
  cacheBytes: number | null
  /** Hits by all pictures that viewers are owed, 0–1. */
  hitRatio: number
  /** The same in the last tenth of the trace, when the cache is warm. */
  lastTenth: number
  /** Of the pictures, what was made, again where it was forgotten. */
  transforms: number
  transformSeconds: number
}

/** What one key made of the trace. */
export interface RuleFigures {
  name: string
  source: string
  favour: string
  caveat?: string
  /** Distinct keys of pictures. */
  variants: number
  /** Pictures refused that a viewer is owed, as a share of them. */
  refused: number
  /** What is not a picture that a viewer is owed (hotlinks, forgeries, missing keys, bad values), and reached the cache or the origin. */
  strangersLetThrough: number
  caches: CacheFigures[]
  /** The hits of the trace so far, with the cache that forgets nothing: they depend above all on how much each original is asked for. */
  soFar: { requestsPerOriginal: number; hitRatio: number }[]
}

export interface HitRatioFigures {
  requests: number
  originals: number
  /** Requests of the trace for pictures that viewers are owed. */
  pictures: number
  seconds: number
  rules: RuleFigures[]
}

/** Sizes of caches: of all edge locations together, the last of one small one. */
export const cacheSizes = [null, 2e9, 500e6, 100e6, 25e6] as const

/** Shares of the trace at which the hits so far are noted. */
const checkpointShares = [0.01, 0.03, 0.1, 0.3, 1]

/** Plays one trace through all keys and all sizes of caches. */
export function measureHitRatio(options: TraceOptions & { seconds: number }): HitRatioFigures {
  const players = rules.map((rule) => ({ rule, ...createPlayer() }))
  let [pictures, position] = [0, 0]
  const checkpoints = checkpointShares.map((share) => Math.round(options.requests * share))
  for (const request of playTrace(options)) {
    const owed = request.intent === 'picture'
    if (owed) pictures++
    const last = position++ >= options.requests * 0.9
    // The same picture for all, so that its time and bytes are too.
    let cost: TransformCost | undefined
    for (const player of players) {
      const key = player.rule.formatKey(request)
      if (!owed) {
        if (key !== undefined) player.counts.strangers++
        // What exists takes its place in the cache; an error does not.
        if (key === undefined || request.intent !== 'hotlink') continue
      }
      if (key === undefined) player.counts.refused++
      // Of what we refuse, which has no variant of ours, as if it were a picture of 800 pixels.
      cost ??= estimateVariant((players[0]?.rule.formatKey(request) ?? '').split('?')[1] ?? '')
      player.play(key, cost, owed, last)
    }
    if (checkpoints.includes(position)) {
      for (const player of players) player.note(position / options.originals)
    }
  }
  return {
    requests: options.requests,
    originals: options.originals,
    pictures,
    seconds: options.seconds,
    rules: players.map(({ rule, counts, soFar, finish }) => ({
      name: rule.name,
      source: rule.source,
      favour: rule.favour,
      caveat: rule.caveat,
      variants: counts.variants(),
      refused: counts.refused / pictures,
      strangersLetThrough: counts.strangers,
      caches: finish(pictures),
      soFar,
    })),
  }
}

function createPlayer() {
  const numbers = new Map<string, number>()
  const counts = { refused: 0, strangers: 0, variants: () => numbers.size }
  const caches = cacheSizes.map((bytes) => ({
    bytes,
    // Numbers, not texts: a few million keys must fit into memory once.
    lru: bytes === null ? undefined : new LRUCache<number, true>({ maxSize: bytes }),
    all: { asked: 0, hits: 0 },
    last: { asked: 0, hits: 0 },
    transforms: 0,
    milliseconds: 0,
  }))
  const play = (key: string | undefined, cost: TransformCost, owed: boolean, last: boolean) => {
    const known = key === undefined ? undefined : numbers.get(key)
    const number = known ?? numbers.size
    if (key !== undefined && known === undefined) numbers.set(key, number)
    for (const cache of caches) {
      const hit = key !== undefined && (cache.lru ? cache.lru.get(number) === true : known !== undefined)
      if (owed) {
        for (const count of last ? [cache.all, cache.last] : [cache.all]) {
          count.asked++
          if (hit) count.hits++
        }
      }
      if (hit || key === undefined) continue
      cache.lru?.set(number, true, { size: cost.bytes })
      cache.transforms++
      cache.milliseconds += cost.milliseconds
    }
  }
  const finish = (pictures: number): CacheFigures[] =>
    caches.map((cache) => ({
      cacheBytes: cache.bytes,
      hitRatio: cache.all.hits / pictures,
      lastTenth: cache.last.hits / Math.max(1, cache.last.asked),
      transforms: cache.transforms,
      transformSeconds: cache.milliseconds / 1000,
    }))
  const soFar: RuleFigures['soFar'] = []
  const note = (requestsPerOriginal: number) => {
    const all = caches[0]?.all
    soFar.push({ requestsPerOriginal, hitRatio: (all?.hits ?? 0) / Math.max(1, all?.asked ?? 0) })
  }
  return { counts, soFar, note, play, finish }
}
