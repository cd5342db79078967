import type { PageFigures, PageName, VitalsFigures } from './measure.ts'
import type { Visit } from './visit.ts'

/** What fails the bench. */
export interface VitalsBounds {
  /** Bytes of the helpers' page at most, for each byte of the plain one. */
  maxBytesRatio: number
  /** The same of the time to the largest content. */
  maxLcpRatio: number
}

/** The columns of the table, each with how a visit's figure reads. */
export const columns: readonly { name: string; format(visit: Visit): string }[] = [
  { name: 'LCP', format: ({ lcpMs }) => formatSeconds(lcpMs) },
  { name: 'FCP', format: ({ fcpMs }) => formatSeconds(fcpMs) },
  { name: 'CLS', format: ({ clsAtEnd }) => clsAtEnd.toFixed(3) },
  { name: 'long tasks', format: ({ longTaskMs }) => `${longTaskMs.toFixed(0)} ms` },
  { name: 'blocking', format: ({ blockingMs }) => `${blockingMs.toFixed(0)} ms` },
  { name: 'first screen', format: ({ firstScreenBytes }) => formatKilobytes(firstScreenBytes) },
  { name: 'all', format: ({ bytes }) => formatKilobytes(bytes) },
  { name: 'requests', format: ({ requests }) => requests.toFixed(0) },
]

/** `figures` for people. */
export function formatVitals({ products, source, originalBytes, runs, pages }: VitalsFigures): string {
  return [
    `a hero and ${products} products, originals of ${formatKilobytes(originalBytes)} (${source}); medians of ${runs} runs on a phone in slow 4G`,
    '',
    `${''.padEnd(20)}${columns.map(({ name }) => name.padStart(14)).join('')}`,
    ...pages.map(
      ({ name, medians }) =>
        `${name.padEnd(20)}${columns.map(({ format }) => format(medians).padStart(14)).join('')}`,
    ),
  ].join('\n')
}

/** The aims that are missed: bytes and LCP of the helpers against the plain page, with either edge; and any shift of theirs. */
export function judgeVitals(
  { pages }: Pick<VitalsFigures, 'pages'>,
  { maxBytesRatio, maxLcpRatio }: VitalsBounds,
): string[] {
  const plain = findPage(pages, 'plain').medians
  return pages
    .filter(({ name }) => name.startsWith('helpers'))
    .flatMap(({ name, medians, visits }) => {
      const bytes = medians.bytes / plain.bytes
      const lcp = medians.lcpMs / plain.lcpMs
      const shift = Math.max(...visits.map(({ cls, clsAtEnd }) => Math.max(cls, clsAtEnd)))
      return [
        ...(bytes <= maxBytesRatio
          ? []
          : [`${name}: ${bytes.toFixed(3)} of the plain page's bytes, expected at most ${maxBytesRatio}`]),
        ...(lcp <= maxLcpRatio
          ? []
          : [`${name}: ${lcp.toFixed(3)} of the plain page's LCP, expected at most ${maxLcpRatio}`]),
        ...(shift === 0 ? [] : [`${name}: a CLS of ${shift.toFixed(3)}, expected 0`]),
      ]
    })
}

/** @throws Error where it was not measured. */
export function findPage(pages: readonly PageFigures[], name: PageName): PageFigures {
  const found = pages.find((page) => page.name === name)
  if (!found) throw new Error(`expected figures of ${name} but found none`)
  return found
}

/** Milliseconds as seconds. */
export function formatSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

/** Bytes as kilobytes. */
export function formatKilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en-GB')} kB`
}
