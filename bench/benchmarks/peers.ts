import { formatTable } from '../../docs/markdown.ts'
import type { Made, PairFigures } from '../peers/compare.ts'
import { concurrency, loadWidth } from '../peers/load.ts'
import { type Loss, listLosses } from '../peers/losses.ts'
import { averageCells } from '../peers/report.ts'
import type { PeersFigures } from '../peers/run.ts'
import { geometricMean } from '../statistics.ts'
import { drawBars } from './bars.ts'
import type { Section } from './section.ts'

const ratio = (value: number) => value.toFixed(2)
const formatsOf = (cells: readonly PairFigures[]) => [...new Set(cells.map(({ format }) => format))]

/** Fovea beside others. */
export const peersSection: Section<PeersFigures> = {
  name: 'peers',
  command: 'npm run bench:peers',
  title: 'Beside other products',
  headlines({ cells, peers }) {
    const others = averageCells(cells.filter(({ peer }) => !peers.find(({ name }) => name === peer)?.floor))
    const list = (read: (means: (typeof others)[number]) => number) =>
      formatsOf(cells)
        .map((format) => {
          const own = others.filter((each) => each.format === format)
          return `${format} ${ratio(geometricMean(own.map(read)))}`
        })
        .join(', ')
    const names = [...new Set(others.map(({ peer }) => peer))].join(', ')
    return [
      {
        what: `processor time to ${names}, mean of ratios; bytes at equal score to the same`,
        figure: `${list(({ time }) => time)}; ${list(({ equalBytes }) => equalBytes)}`,
      },
    ]
  },
  charts: ({ cells }) => ({
    'peers.svg': drawBars(
      'Milliseconds of processor for the 12 MP photograph at 800 pixels',
      formatsOf(cells).flatMap((format) => {
        const own = cells.filter((cell) => cell.format === format && isPage(cell))
        const bars = own.map(({ peer, other }) => ({ name: peer, ms: other.cpuMs, own: false }))
        return [{ name: 'fovea', ms: own[0]?.fovea.cpuMs ?? 0, own: true }, ...bars].map((bar) => ({
          label: `${format}, ${bar.name}`,
          value: bar.ms,
          text: bar.ms.toFixed(0),
          own: bar.own,
        }))
      }),
    ),
  }),
  text(figures) {
    const { source, peers, missing, rounds, cells, load, skipped } = figures
    const losses = listLosses(cells, load)
    const names = peers.map(({ name }) => name)
    return [
      `All at their defaults, warm, in turn, the same originals (${source}); medians of ${rounds}. Each cell: milliseconds of processor, kB, score. The score is SSIMULACRA 2 against what plain sharp makes of the original at that size without loss: 90 cannot be told apart, 70 is high quality. None of them was asked for anything that it remembers.`,
      '',
      '![Milliseconds of processor](benchmarks/peers.svg)',
      '',
      ...peers.map(({ version, settings }) => `- **${version}**: ${settings}`),
      ...missing.map(({ name, reason }) => `- **${name}** is left out: ${reason}`),
      '',
      'Geometric means of Fovea to each; equal bytes: what Fovea needs for the score that the other has. Below 1 Fovea is better.',
      '',
      formatTable(
        ['format', ...names.flatMap((name) => [`time, ${name}`, `equal bytes, ${name}`])],
        formatsOf(cells).map((format) => [
          format,
          ...names.flatMap((name) => {
            const means = averageCells(cells).find((each) => each.peer === name && each.format === format)
            return means ? [ratio(means.time), ratio(means.equalBytes)] : ['–', '–']
          }),
        ]),
      ),
      '',
      `${concurrency} requests at a time for the first photograph at ${loadWidth} pixels, and the peak memory of each process with its children, of one variant and of the bursts. Images a second are of the clock: other work on the machine is in them, and less in the processor time of each.`,
      '',
      formatTable(
        ['format', 'whose', 'images/s', 'ms of processor each', 'MB, one', `MB, ${concurrency} at a time`],
        load.map(({ format, name, imagesPerSecond, cpuMsPerImage, aloneMegabytes, busyMegabytes }) => [
          format,
          name,
          imagesPerSecond.toFixed(1),
          cpuMsPerImage.toFixed(0),
          aloneMegabytes.toFixed(0),
          busyMegabytes.toFixed(0),
        ]),
      ),
      '',
      `Where Fovea loses: ratios of Fovea to the other, times above 1.05, bytes at equal score above 1.02. Slower and larger at once: ${describeBoth(losses)}.`,
      '',
      formatTable(
        ['beside', 'format', 'slower', 'larger at equal score', 'fewer images a second', 'more memory'],
        listGroups(losses).map(([peer, format]) => [
          peer,
          format,
          ...(['time', 'bytes', 'images', 'memory'] as const).map((kind) =>
            describeLosses(
              losses.filter((each) => each.peer === peer && each.format === format && each.kind === kind),
            ),
          ),
        ]),
      ),
      '',
      ...formatsOf(cells).flatMap((format) => [
        `**${format}**`,
        '',
        formatTable(
          ['original', 'width', 'fovea', ...names],
          listRows(cells.filter((cell) => cell.format === format)).map(({ original, width, own }) => [
            original,
            String(width),
            describeMade(own[0]?.fovea),
            ...names.map((name) => describeMade(own.find(({ peer }) => peer === name)?.other)),
          ]),
        ),
        '',
      ]),
      `Not compared: ${[...skipped, 'clients, networks and caches around them; settings that somebody would tune'].join('; ')}.`,
    ].join('\n')
  },
}

/** Pairs of peer and format, each once. */
function listGroups(losses: readonly Loss[]): [string, string][] {
  const groups = new Map(losses.map(({ peer, format }) => [`${peer} ${format}`, [peer, format]]))
  return [...groups.values()].map(([peer = '', format = '']): [string, string] => [peer, format]).sort()
}

function describeLosses(losses: readonly Loss[]): string {
  return losses.map(({ where, ratio: value }) => `${where}: ${ratio(value)}`).join('; ')
}

function describeBoth(losses: readonly Loss[]): string {
  const places = losses
    .filter(({ both, kind }) => both && kind === 'time')
    .map(({ peer, format, where }) => `${where} ${format} beside ${peer}`)
  return places.join('; ') || 'nowhere'
}

function isPage({ original, width }: PairFigures): boolean {
  return original === '12 MP' && width === loadWidth
}

function listRows(cells: readonly PairFigures[]): { original: string; width: number; own: PairFigures[] }[] {
  const rows = new Map<string, { original: string; width: number; own: PairFigures[] }>()
  for (const cell of cells) {
    const { original, width } = cell
    const row = rows.get(`${original} ${width}`) ?? { original, width, own: [] }
    row.own.push(cell)
    rows.set(`${original} ${width}`, row)
  }
  return [...rows.values()]
}

function describeMade(made: Made | undefined): string {
  return made
    ? `${made.cpuMs.toFixed(0)} ms, ${(made.bytes / 1000).toFixed(1)} kB, ${made.score.toFixed(1)}`
    : '–'
}
