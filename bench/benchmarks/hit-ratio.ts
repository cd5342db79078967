import { formatTable } from '../../docs/markdown.ts'
import type { HitRatioFigures } from '../hit-ratio/measure.ts'
import { formatSize, formatSoFar } from '../hit-ratio/report.ts'
import { listShares } from '../trace/shares.ts'
import { transformTimesSource } from '../trace/transform-times.ts'
import { drawBars } from './bars.ts'
import type { Section } from './section.ts'

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
const count = (value: number) => Math.round(value).toLocaleString('en-GB')

/** Hits by cache key. */
export const hitRatioSection: Section<HitRatioFigures> = {
  name: 'hit-ratio',
  command: 'npm run bench:hit-ratio',
  title: 'Hits of one trace by cache key',
  headlines({ rules }) {
    const [ours, raw] = [rules[0], rules.find(({ name }) => name.startsWith('raw'))]
    const nearest = rules
      .filter(({ caveat }, at) => at > 0 && !caveat)
      .sort((a, b) => (b.caches[0]?.hitRatio ?? 0) - (a.caches[0]?.hitRatio ?? 0))[0]
    return [
      {
        what: 'hits of the trace from an empty cache that forgets nothing; with the raw query and Accept as key; with the nearest other key for the same pictures',
        figure: `${percent(ours?.caches[0]?.hitRatio ?? Number.NaN)}; ${percent(raw?.caches[0]?.hitRatio ?? Number.NaN)}; ${percent(nearest?.caches[0]?.hitRatio ?? Number.NaN)} (${nearest?.name})`,
      },
    ]
  },
  charts: ({ rules }) => ({
    'hit-ratio.svg': drawHits(rules),
  }),
  text: ({ requests, originals, pictures, seconds, rules }) =>
    [
      `${count(requests)} requests of ${(seconds / 86_400).toFixed(0)} days over ${count(originals)} originals, from an empty cache. Hits are shares of the ${count(pictures)} requests for pictures that viewers are owed, by size of the cache; last tenth: in the last tenth of the trace.`,
      '',
      '![Hits by cache key](benchmarks/hit-ratio.svg)',
      '',
      formatTable(
        [
          'key',
          'variants',
          'transform seconds',
          'refused',
          ...(rules[0]?.caches.map(({ cacheBytes }) => formatSize(cacheBytes)) ?? []),
          'last tenth',
        ],
        rules.map(({ name, variants, refused, caches }) => [
          name,
          count(variants),
          count(caches[0]?.transformSeconds ?? Number.NaN),
          percent(refused),
          ...caches.map(({ hitRatio }) => percent(hitRatio)),
          percent(caches[0]?.lastTenth ?? Number.NaN),
        ]),
      ),
      '',
      `How many hits there are depends above all on how much each original is asked for, since the first request of everything is a miss. Ours so far, by requests for each original: ${formatSoFar(rules[0])}. The trace ends at ${count(requests / originals)}, which is what 50 million requests a month over 20,000 originals have in six days: shorter, or over more originals, it has fewer hits, whatever the key.`,
      '',
      ...rules.filter(({ refused }) => refused > 0.01).map(describeRefusing),
      'Where the keys come from, and what was changed in their favour:',
      '',
      ...rules.map(
        ({ name, source, favour, caveat }) =>
          `- _${name}_: ${source}. In its favour: ${favour}.${caveat ? ` It ${caveat}: the bound of more hits than each other key is not met against it.` : ''}`,
      ),
      '',
      `Measured: the keys, by our own edge function's grammar and by the others' rules as their source has them. Not measured: the other products themselves, CloudFront's own eviction, of which nothing is published, and real viewers. Where a picture is the same, so are its bytes and its time: ${transformTimesSource}.`,
      '',
      'What the trace is made of (`bench/trace`):',
      '',
      formatTable(['share', 'value', 'of', 'source'], listShares()),
    ].join('\n'),
}

function drawHits(rules: HitRatioFigures['rules']): string {
  return drawBars(
    'Hits in a cache that forgets nothing',
    rules.map(({ name, caches }, at) => {
      const hits = caches[0]?.hitRatio ?? 0
      return { label: name, value: hits, text: percent(hits), own: at === 0 }
    }),
  )
}

/** Refusals are counted as misses, so what such a key does for the rest is said apart. */
function describeRefusing({ name, refused, caches }: HitRatioFigures['rules'][number]): string {
  const ofAnswered = (caches[0]?.hitRatio ?? Number.NaN) / (1 - refused)
  return `${name} refuses ${percent(refused)} of these pictures, which count as no hits; of what it answers, ${percent(ofAnswered)} are hits.\n`
}
