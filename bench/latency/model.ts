import { cacheRegions, type Region, regions, roundTripMs } from './round-trips.ts'

/** What is not distance. */
export interface LatencyWorld {
  /** From a viewer to the nearest edge location, there and back. */
  viewerToEdgeMs: number
  /** The edge function, and the look into a cache. */
  edgeMs: number
  /** Function URL and S3 beside the transform. */
  originMs: number
  /** The transform, warm. */
  transformMs: number
}

/** Milliseconds until the first byte at a viewer on an open connection, by who answers. */
export interface RegionLatency {
  viewers: Region
  /** Regional edge cache that is asked. */
  cache: Region
  /** Origin, with Origin Shield beside it. */
  origin: Region
  hitMs: number
  regionalHitMs: number
  shieldHitMs: number
  missMs: number
}

/** The nearest of `choices` in round trips. */
export function findNearest(from: Region, choices: readonly Region[]): Region {
  const nearest = choices.toSorted((a, b) => roundTripMs(from, a) - roundTripMs(from, b))[0]
  if (nearest) return nearest
  throw new Error('expected a region to choose from')
}

/**
 * Latency for the viewers of each region, with the nearest of `origins` for each. One round trip between each two tiers: CloudFront
 * keeps its connections open. Where the regional cache is Origin Shield, there is no way between them.
 */
export function estimateLatency(world: LatencyWorld, origins: readonly Region[]): RegionLatency[] {
  return regions.map((viewers) => {
    const cache = findNearest(viewers, cacheRegions)
    const origin = findNearest(cache, origins)
    const shield = findNearest(origin, cacheRegions)
    const hitMs = world.viewerToEdgeMs + world.edgeMs
    const regionalHitMs = hitMs + roundTripMs(viewers, cache)
    const shieldHitMs = regionalHitMs + (cache === shield ? 0 : roundTripMs(cache, shield))
    const missMs = shieldHitMs + roundTripMs(shield, origin) + world.originMs + world.transformMs
    return { viewers, cache, origin, hitMs, regionalHitMs, shieldHitMs, missMs }
  })
}

/** The `count` origins, `first` among them, with which the mean over all viewers of a shield's hit is least. */
export function chooseOrigins(world: LatencyWorld, first: Region, count: number): Region[] {
  const others = cacheRegions.filter((region) => region !== first)
  const [best] = choose(others, count - 1)
    .map((chosen) => [first, ...chosen])
    .map((origins) => ({ origins, ms: sumShieldHits(world, origins) }))
    .sort((a, b) => a.ms - b.ms)
  if (best) return best.origins
  throw new Error(`expected at most ${cacheRegions.length} origins but received ${count}`)
}

function sumShieldHits(world: LatencyWorld, origins: readonly Region[]): number {
  return estimateLatency(world, origins).reduce((sum, { shieldHitMs }) => sum + shieldHitMs, 0)
}

/** All ways to choose `count` of `items`. */
function choose<Item>(items: readonly Item[], count: number): Item[][] {
  if (count === 0) return [[]]
  return items.flatMap((item, at) => choose(items.slice(at + 1), count - 1).map((rest) => [item, ...rest]))
}
