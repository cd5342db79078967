/** What stands between viewers and the transformer, and how long each part of the way takes. */
export interface World {
  /** Edge locations that get this site's viewers, and how unlike their shares are: an exponent of Zipf's law. */
  edges: number
  edgeExponent: number
  /** Regional edge caches behind them; 0: none, and no Origin Shield either. */
  regions: number
  /** Seconds without a request after which a tier has forgotten an object. */
  keepSeconds: { edge: number; region: number; shield: number }
  /** Milliseconds there and back, and of a hit where it ends. The way of the viewer to the edge is in none of them. */
  latencyMs: { edge: number; region: number; shield: number; origin: number }
  lambda: {
    /** Runs at a time. */
    concurrency: number
    /** New environments a second, and in one moment. */
    startsPerSecond: number
    startsAtOnce: number
    /** Milliseconds that the first run of an environment takes longer. */
    coldStartMs: number
  }
}

/**
 * A distribution as `npm run synth` writes it. Of AWS's own documents: 13 regional mid-tier caches ("Points of presence", AWS Fault
 * Isolation Boundaries); 1,000 runs at a time by default and 1,000 environments more every 10 seconds ("Lambda scaling behavior").
 * Cold start: what `bench:cold` measured (0.18 s of process) and 0.2 s assumed for the environment. Assumed: 100 of the more than
 * 400 edge locations, times to forget, of which AWS publishes nothing but that regional caches keep objects longer; 10 ms
 * to a regional cache, 80 ms to the shield, the mean of a worldwide audience and one origin region; 30 ms for S3 and the Function URL.
 */
export const defaultWorld: World = {
  edges: 100,
  edgeExponent: 0.7,
  regions: 13,
  keepSeconds: { edge: 12 * 3600, region: 3 * 86_400, shield: 15 * 86_400 },
  latencyMs: { edge: 1, region: 10, shield: 80, origin: 30 },
  lambda: { concurrency: 1000, startsPerSecond: 100, startsAtOnce: 1000, coldStartMs: 380 },
}
