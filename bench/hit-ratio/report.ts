import { transformTimesSource } from '../trace/transform-times.ts'
import type { HitRatioFigures, RuleFigures } from './measure.ts'

/** `figures` for people. */
export function formatHitRatio({ requests, originals, pictures, seconds, rules }: HitRatioFigures): string {
  const sizes = rules[0]?.caches.map(({ cacheBytes }) => formatSize(cacheBytes)) ?? []
  const columns = ['variants', 'seconds', 'refused', 'strangers', ...sizes, 'last 10th']
  return [
    `${requests.toLocaleString('en-GB')} requests in ${(seconds / 86_400).toFixed(1)} days over ${originals.toLocaleString('en-GB')} originals, from an empty cache;`,
    `${pictures.toLocaleString('en-GB')} of them for pictures that viewers are owed: hits are shares of these, by size of the cache`,
    '',
    `${'cache key'.padEnd(32)}${columns.map((each) => each.padStart(10)).join('')}`,
    ...rules.map(formatRule),
    `fovea so far, by requests for each original: ${formatSoFar(rules[0])}`,
    ...rules.flatMap(({ name, caveat }) => (caveat ? [`${name}: ${caveat}`] : [])),
    '',
    'seconds: of transforms with the cache that forgets nothing, each for what our variant of the same request costs',
    `  (${transformTimesSource})`,
    'refused: of the pictures; strangers: hotlinks, forgeries, missing keys, bad values that were not refused at the edge',
    'last 10th: hits in the last tenth of the trace, cache that forgets nothing',
  ].join('\n')
}

function formatRule({ name, variants, refused, strangersLetThrough, caches }: RuleFigures): string {
  const columns = [
    variants.toLocaleString('en-GB'),
    Math.round(caches[0]?.transformSeconds ?? Number.NaN).toLocaleString('en-GB'),
    `${(refused * 100).toFixed(0)} %`,
    strangersLetThrough.toLocaleString('en-GB'),
    ...caches.map(({ hitRatio }) => formatPercent(hitRatio)),
    formatPercent(caches[0]?.lastTenth ?? Number.NaN),
  ]
  return `${name.padEnd(32)}${columns.map((each) => each.padStart(10)).join('')}`
}

function formatPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** A size of cache, such as `500 MB`. */
export function formatSize(bytes: number | null): string {
  if (bytes === null) return 'infinite'
  return bytes >= 1e9 ? `${bytes / 1e9} GB` : `${bytes / 1e6} MB`
}

/**
 * The bounds that are missed: our hits with a cache that forgets nothing, and above each of the others at every size.
 */
export function judgeHitRatio({ rules: [ours, ...others] }: HitRatioFigures, minRatio: number): string[] {
  if (!ours) return ['nothing was measured']
  const hits = ours.caches[0]?.hitRatio ?? 0
  const failures =
    hits >= minRatio ? [] : [`${formatPercent(hits)} hits, expected ${formatPercent(minRatio)}`]
  for (const other of others) {
    other.caches.forEach(({ cacheBytes, hitRatio }, at) => {
      const own = ours.caches[at]?.hitRatio ?? 0
      if (own > hitRatio) return
      failures.push(
        `${formatSize(cacheBytes)}: ${formatPercent(own)} hits, ${other.name} has ${formatPercent(hitRatio)}`,
      )
    })
  }
  return failures
}

/** Hits by how much each original was asked for so far, such as `5: 34.1 %`. */
export function formatSoFar(rule: RuleFigures | undefined): string {
  const steps = rule?.soFar ?? []
  return steps
    .map(
      ({ requestsPerOriginal, hitRatio }) => `${requestsPerOriginal.toFixed(0)}: ${formatPercent(hitRatio)}`,
    )
    .join(', ')
}
