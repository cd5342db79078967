import { formatTable } from '../../docs/markdown.ts'
import { phone, requestThrottling, slow4g } from '../vitals/emulation.ts'
import type { PageFigures, PageName, VitalsFigures } from '../vitals/measure.ts'
import { columns, findPage, formatKilobytes, formatSeconds } from '../vitals/report.ts'
import type { Visit } from '../vitals/visit.ts'
import { drawBars } from './bars.ts'
import type { Section } from './section.ts'

/** What each row is, in words. */
const rows: Readonly<Record<PageName, string>> = {
  plain: '`<img src>` of the originals, without sizes, as it is written by hand',
  markup:
    'the originals with all the markup that needs no pipeline: sizes, a preload of the hero, lazy loading, colours as placeholders',
  'helpers, cold edge':
    '`imgMarkup` and `preloadMarkup` of `fovea/client`, nothing cached: each variant is made when it is asked for, on the cores that Chromium has too',
  'helpers, warm edge': 'the same, all variants cached',
}

/** A page of products on a phone. */
export const vitalsSection: Section<VitalsFigures> = {
  name: 'vitals',
  command: 'npm run bench:vitals',
  title: 'Core Web Vitals of a page of products',
  headlines({ pages }) {
    const plain = findPage(pages, 'plain').medians
    const [cold, warm] = [
      findPage(pages, 'helpers, cold edge').medians,
      findPage(pages, 'helpers, warm edge').medians,
    ]
    const share = (part: number, whole: number) => `${((part / whole) * 100).toFixed(1)} %`
    return [
      {
        what: 'LCP of a page of products on a phone in slow 4G: with plain originals; with the helpers, warm edge; cold edge; its bytes with the helpers, as a share of the plain one’s',
        figure: [
          ...[plain, warm, cold].map(({ lcpMs }) => formatSeconds(lcpMs)),
          share(warm.bytes, plain.bytes),
        ].join('; '),
      },
    ]
  },
  charts: ({ pages }) => ({
    'vitals-lcp.svg': draw('Seconds to the largest content', pages, ({ lcpMs }) => lcpMs, formatSeconds),
    'vitals-bytes.svg': draw('Bytes of the whole page', pages, ({ bytes }) => bytes, formatKilobytes),
  }),
  text: ({ products, source, originalBytes, dpr, runs, pages }) =>
    [
      `A hero and ${products} products, once through, from an empty cache of the browser: medians of ${runs} visits of each page, taken in turns, each figure by itself.`,
      '',
      '![What the screen shows by time](../bench/results/vitals.webp)',
      '',
      '![Seconds to the largest content](benchmarks/vitals-lcp.svg)',
      '',
      '![Bytes of the whole page](benchmarks/vitals-bytes.svg)',
      '',
      formatTable(
        ['', ...columns.map(({ name }) => name), 'LCP, least to most'],
        pages.map(({ name, medians, visits }) => [
          name,
          ...columns.map(({ format }) => format(medians)),
          formatSpread(visits.map(({ lcpMs }) => lcpMs)),
        ]),
      ),
      '',
      ...pages.map(({ name }) => `- _${name}_: ${rows[name]}.`),
      '',
      'LCP, FCP and CLS by [web-vitals](https://github.com/GoogleChrome/web-vitals), long tasks (over 50 ms; blocking: what of each is over that) by PerformanceObserver, bytes with headers by the DevTools protocol. First screen: until all of its images are there, what came of others meanwhile included, so that the share of others in it varies. All: after scrolling to the end, without throttling, which changes no bytes. CLS is that of both. Nobody clicks, so there is no INP: long tasks are what would delay it.',
      '',
      `The photographs: ${formatKilobytes(originalBytes)} of JPEG of 2,400 × 3,000 and 3,200 × 1,800 px, quality 90: ${source}. At the sizes of the page their pixels are about those of the photographs; the bytes of the originals are those of a recipe, if modest ones for a camera.`,
      '',
      `The phone: ${phone.width} × ${phone.height} CSS px as [Lighthouse's](https://github.com/GoogleChrome/lighthouse/blob/main/core/config/constants.js), at ${dpr} pixels each (Lighthouse's 1.75 would need fewer bytes with the helpers), a processor slowed ${slow4g.cpuSlowdown} times. The network: its slow 4G, ${slow4g.roundTripMs} ms and ${(slow4g.downKbps / 1024).toFixed(1)} Mbps, with the corrections that it makes where DevTools throttles, which holds back requests and not packets: ${requestThrottling.latency} ms a request and ${((requestThrottling.downloadThroughput * 8) / 1e6).toFixed(2)} Mbps. That models neither slow start nor priorities among what is under way, so a preload gains less here than it would.`,
      '',
      'Not measured: HTTP/2 and HTTP/3 (both servers speak HTTP/1.1, six requests at a time), TLS, CloudFront and its distance, real phones, other browsers. A cold edge here has one machine for Chromium and transforms: its times say little of Lambda, and vary with whatever else runs.',
    ].join('\n'),
}

function draw(
  title: string,
  pages: readonly PageFigures[],
  pick: (visit: Visit) => number,
  format: (value: number) => string,
): string {
  return drawBars(
    title,
    pages.map(({ name, medians }) => ({
      label: name,
      value: pick(medians),
      text: format(pick(medians)),
      own: name.startsWith('helpers'),
    })),
  )
}

function formatSpread(values: readonly number[]): string {
  return `${formatSeconds(Math.min(...values))}–${formatSeconds(Math.max(...values))}`
}
