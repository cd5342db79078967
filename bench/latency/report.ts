import type { LatencyWorld, RegionLatency } from './model.ts'
import { type Region, roundTripsSource } from './round-trips.ts'

export interface LatencyFigures {
  world: LatencyWorld
  /** With one origin region. */
  one: { origins: readonly Region[]; rows: readonly RegionLatency[] }
  /** With three, each viewer's nearest. */
  three: { origins: readonly Region[]; rows: readonly RegionLatency[] }
}

/** `figures` for people. */
export function formatLatency({ world, one, three }: LatencyFigures): string {
  return [
    'on paper: milliseconds until the first byte, on an open connection; nothing here was measured by us',
    describeWorld(world),
    '',
    ...[one, three].flatMap(({ origins, rows }) => [
      `origins ${origins.join(', ')}`,
      'viewers         cache           origin            hit  regional   shield     miss',
      ...rows.map(formatRow),
      '',
    ]),
    `round trips: ${roundTripsSource}`,
  ].join('\n')
}

/** What is assumed, in one sentence. */
export function describeWorld({ viewerToEdgeMs, edgeMs, originMs, transformMs }: LatencyWorld): string {
  return `${viewerToEdgeMs} ms from the viewer to the edge and ${edgeMs} ms there (assumed), ${originMs} ms for Function URL and S3 (assumed), ${transformMs} ms for the transform (AVIF of 800 pixels, measured)`
}

function formatRow({ viewers, cache, origin, ...ms }: RegionLatency): string {
  const times = [ms.hitMs, ms.regionalHitMs, ms.shieldHitMs, ms.missMs]
  return [
    viewers.padEnd(16),
    cache.padEnd(16),
    origin.padEnd(14),
    ...times.map((each) => each.toFixed(0).padStart(9)),
  ].join('')
}

/** What cannot be: a tier that is nearer than the one before it, or three origins that are farther than one of them. */
export function judgeLatency({ one, three }: LatencyFigures): string[] {
  const disordered = [...one.rows, ...three.rows].filter(
    ({ hitMs, regionalHitMs, shieldHitMs, missMs }) =>
      !(hitMs <= regionalHitMs && regionalHitMs <= shieldHitMs && shieldHitMs < missMs),
  )
  const farther = one.rows.filter(({ missMs }, at) => !((three.rows[at]?.missMs ?? Number.NaN) <= missMs))
  return [
    ...disordered.map(({ viewers }) => `${viewers}: a later tier answers sooner`),
    ...farther.map(({ viewers }) => `${viewers}: three origins are slower than one of them`),
  ]
}
