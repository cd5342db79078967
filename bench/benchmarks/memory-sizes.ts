import { formatTable } from '../../docs/markdown.ts'
import type { MemorySizesFigures, SizeFigures } from '../memory-sizes/measure.ts'
import { costOf, formatKilled, listKilled, markSize } from '../memory-sizes/report.ts'
import { vcpuMegabytes } from '../memory-sizes/sizes.ts'
import { drawBars } from './bars.ts'
import type { Section } from './section.ts'

const count = (value: number) => Math.round(value).toLocaleString('en-GB')
const dollars = (value: number) => `$${value.toFixed(2)}`
const megabytes = ({ memoryMegabytes }: SizeFigures) => `${count(memoryMegabytes)} MB`

/** Time and cost by memory of the Lambda. */
export const memorySizesSection: Section<MemorySizesFigures> = {
  name: 'memory-sizes',
  command: 'npm run bench:memory-sizes -- --extremes',
  title: 'The memory of the Lambda: time and cost',
  headlines({ sizes }) {
    const shown = [sizes[0], findDefault(sizes), sizes.at(-1)].filter((each) => each !== undefined)
    return [
      {
        what: `a transform of the mix at ${shown.map(megabytes).join(', ')}: mean time, a million of them`,
        figure: shown
          .map((size) => `${count(size.meanMs)} ms, ${dollars(costOf(size).dollarsPerMillion)}`)
          .join('; '),
      },
    ]
  },
  charts: ({ sizes }) => ({
    'memory-sizes.svg': drawBars(
      'Milliseconds of a transform by memory, mean of the mix',
      sizes.map((size) => ({
        label: megabytes(size),
        value: size.meanMs,
        text: `${count(size.meanMs)}, ${dollars(costOf(size).dollarsPerMillion)}/M`,
        own: size.memoryMegabytes === vcpuMegabytes,
      })),
    ),
  }),
  text: ({ source, how, rounds, mix, sizes, extremes }) =>
    [
      `Lambda gives processors in proportion to memory, one at 1,769 MB [doc: Lambda developer guide, "Configure Lambda function memory"], and shows two of them up to 3,008 MB [field: rwnx/lambda-cpuinfo]. Here each size was a process of the built transformer, warm, held by ${how} with two processors in sight; a quota over 20 ms is what was seen of Lambda's [field: pwrdrvr/lambda-dispatch, issue 246]. Nobody held its memory: the peaks are what it took. The original: ${mix[0]?.photograph} (${source}), from an S3 on the same machine; ${rounds} rounds, all sizes in turn.`,
      '',
      `The mix is that of the trace's variants, each made once: ${mix.map(({ format, width, weight }) => `${format} ${width} ${(weight * 100).toFixed(0)} %`).join(', ')}.`,
      '',
      '![Milliseconds by memory](benchmarks/memory-sizes.svg)',
      '',
      formatTable(
        [
          'memory',
          'vCPU',
          'had',
          'mean ms',
          'median ms',
          'p95 ms',
          'GB-seconds',
          'a million',
          'peak MB',
          'too large',
          '',
        ],
        sizes.map((size) => [
          megabytes(size),
          size.share.toFixed(2),
          size.hadShare.toFixed(2),
          count(size.meanMs),
          count(size.p50Ms),
          count(size.p95Ms),
          costOf(size).gigabyteSeconds.toFixed(3),
          dollars(costOf(size).dollarsPerMillion),
          count(size.peakMegabytes),
          formatKilled(size, extremes),
          [markSize(size, sizes), ...(size.memoryMegabytes === vcpuMegabytes ? ['**default**'] : [])]
            .filter(Boolean)
            .join(', '),
        ]),
      ),
      '',
      'Had: processors that it had while it worked; well below the vCPU it may have, either one thread did the work or the machine was busy. A million: transforms at arm64 price, runs included, of the times measured on x86; S3, cold starts and the wait for S3 are not in it. Within 3 % of the best counts as best.',
      '',
      explainDefault(sizes),
      '',
      ...explainKilled(sizes, extremes),
      formatTable(
        ['median ms', ...mix.map(({ format, width }) => `${format} ${width}`)],
        sizes.map((size) => [megabytes(size), ...size.jobMs.map(count)]),
      ),
    ].join('\n'),
}

function findDefault(sizes: readonly SizeFigures[]): SizeFigures | undefined {
  return sizes.find(({ memoryMegabytes }) => memoryMegabytes === vcpuMegabytes)
}

function explainDefault(sizes: readonly SizeFigures[]): string {
  const chosen = findDefault(sizes)
  const [least, most] = [sizes[0], sizes.at(-1)]
  const below = chosen && sizes[sizes.indexOf(chosen) - 1]
  if (!chosen || !least || !below || !most) return ''
  const compare = (size: SizeFigures) => {
    const time = (size.meanMs / chosen.meanMs).toFixed(2)
    const cost = (costOf(size).dollarsPerMillion / costOf(chosen).dollarsPerMillion).toFixed(2)
    return `${time} × the time for ${cost} × the money`
  }
  return `Why 1,769 MB: ${megabytes(least)} takes ${compare(least)}, ${megabytes(below)} ${compare(below)}, ${megabytes(most)} ${compare(most)}. Up to one processor a transform is the same work spread over more time, so less memory makes viewers wait and saves next to nothing; beyond it only AVIF has work for a second one, and what idles is paid for.`
}

function explainKilled(sizes: readonly SizeFigures[], extremes: MemorySizesFigures['extremes']): string[] {
  if (!extremes) return []
  const largest = [...extremes].sort((a, b) => b.peakMegabytes - a.peakMegabytes)[0]
  const named = sizes
    .map((size) => ({ size, killed: listKilled(size, extremes) }))
    .filter(({ killed }) => killed.length > 0)
    .map(({ size, killed }) => {
      const kinds = [...new Set(killed.map((each) => each.replace(/\?.*/, '')))]
      return `at ${megabytes(size)} ${killed.length} (of ${kinds.join(', ')})`
    })
  return [
    `Too large: of the ${extremes.length} costliest requests that the default limits admit (\`npm run bench:memory\`), those whose peak is above the memory, where Lambda would kill the sandbox: ${named.join('; ') || 'none'}. The largest takes ${count(largest?.peakMegabytes ?? Number.NaN)} MB (${largest?.key}, ${largest?.query}). A deployment with less memory should lower its limits.`,
    '',
  ]
}
