import { formatTable } from '../../docs/markdown.ts'
import type { RegionLatency } from '../latency/model.ts'
import { describeWorld, type LatencyFigures } from '../latency/report.ts'
import { roundTripsSource } from '../latency/round-trips.ts'
import { mean } from '../statistics.ts'
import { drawBars } from './bars.ts'
import type { Section } from './section.ts'

const milliseconds = (value: number) => value.toFixed(0)
const meanOf = (rows: readonly RegionLatency[], tier: 'shieldHitMs' | 'missMs') =>
  mean(rows.map((row) => row[tier]))

/** Waiting around the world, on paper. */
export const latencySection: Section<LatencyFigures> = {
  name: 'latency',
  command: 'npm run bench:latency',
  title: 'Waiting around the world, on paper',
  headlines: ({ one, three }) => [
    {
      what: `first byte of a miss, mean of ${one.rows.length} places: one origin region; three, the nearest (on paper; deployed is one)`,
      figure: `${milliseconds(meanOf(one.rows, 'missMs'))} ms; ${milliseconds(meanOf(three.rows, 'missMs'))} ms`,
    },
  ],
  charts: ({ one, three }) => ({
    'latency.svg': drawBars(
      'Milliseconds to the first byte of a miss',
      one.rows.flatMap((row, at) =>
        [
          { name: 'one origin', ms: row.missMs, own: true },
          { name: 'three', ms: three.rows[at]?.missMs ?? 0, own: false },
        ].map(({ name, ms, own }) => ({
          label: `${row.viewers}, ${name}`,
          value: ms,
          text: milliseconds(ms),
          own,
        })),
      ),
    ),
  }),
  text: ({ world, one, three }) =>
    [
      `Reckoned, not measured: milliseconds until the first byte for viewers at each region, on an open connection: ${describeWorld(world)}. One round trip between each two tiers, since CloudFront keeps its connections open. A new connection of a viewer takes two more round trips to the edge (TCP, TLS 1.3), ${2 * world.viewerToEdgeMs} ms, or one with HTTP/3; a cold start adds some 380 ms to a miss; names and the bytes themselves come on top.`,
      '',
      '![Milliseconds to the first byte of a miss](benchmarks/latency.svg)',
      '',
      formatTable(
        [
          'viewers at',
          'hit',
          'regional hit',
          'shield hit',
          'miss',
          'shield hit, three',
          'miss, three',
          'nearest of three',
        ],
        one.rows.map((row, at) => [
          row.viewers + (row.cache === row.viewers ? '' : ` (regional cache: ${row.cache})`),
          milliseconds(row.hitMs),
          milliseconds(row.regionalHitMs),
          milliseconds(row.shieldHitMs),
          milliseconds(row.missMs),
          milliseconds(three.rows[at]?.shieldHitMs ?? Number.NaN),
          milliseconds(three.rows[at]?.missMs ?? Number.NaN),
          three.rows[at]?.origin ?? '',
        ]),
      ),
      '',
      `One origin: ${one.origins.join(', ')}. Three: ${three.origins.join(', ')}, the two others being those with which the mean is least. A regional cache in the region of Origin Shield is Origin Shield.`,
      '',
      'Three origins are not what Fovea deploys: it has one region, and a second for failover at most. It would take originals replicated to each, the transformer and a Function URL in each, the edge function choosing the origin of a miss (`cf.selectRequestOriginById` or `cf.updateRequestOrigin` by `cf.edgeLocation.region` [doc]) within its 10 kB, and an Origin Shield for each: a variant is then made up to three times, and invalidated by the same tags. It moves only what neither the edge nor the regional cache has.',
      '',
      `Round trips: ${roundTripsSource}.`,
    ].join('\n'),
}
