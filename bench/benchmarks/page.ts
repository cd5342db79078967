import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { formatTable } from '../../docs/markdown.ts'
import { formatMachine } from '../machine.ts'
import { type Result, resultsFolder } from '../results.ts'
import { costSection } from './cost.ts'
import { faultsSection } from './faults.ts'
import { hitRatioSection } from './hit-ratio.ts'
import { latencySection } from './latency.ts'
import { loadSection } from './load.ts'
import { memorySizesSection } from './memory-sizes.ts'
import { peersSection } from './peers.ts'
import { scaleSection } from './scale.ts'
import { type Filled, fillSection } from './section.ts'
import { vitalsSection } from './vitals.ts'

/** What the page has, in its order, which is that of its head too: each from the result that its bench left. */
const sections: readonly ((read: (name: string) => Result<object> | undefined) => Filled | undefined)[] = [
  (read) => fill(hitRatioSection, read),
  (read) => fill(loadSection, read),
  (read) => fill(peersSection, read),
  (read) => fill(memorySizesSection, read),
  (read) => fill(scaleSection, read),
  (read) => fill(latencySection, read),
  (read) => fill(faultsSection, read),
  (read) => fill(costSection, read),
  (read) => fill(vitalsSection, read),
]

/** The page and its charts, by path from the project's root. */
export function formatBenchmarks(): Record<string, string> {
  const filled = sections.map((each) => each(readResult)).filter((each) => each !== undefined)
  const known = filled.map(({ name }) => `${name}.json`)
  const others = listResults().filter((file) => !known.includes(file))
  const charts = filled.flatMap(({ charts: drawn }) => Object.entries(drawn))
  return {
    'docs/benchmarks.md': formatPage(filled, others),
    ...Object.fromEntries(charts.map(([file, svg]) => [`docs/benchmarks/${file}`, svg])),
  }
}

function formatPage(filled: readonly Filled[], others: readonly string[]): string {
  const figures = filled.flatMap(({ headlines, command }) =>
    headlines.map(({ what, figure }) => [what, `**${figure}**`, `\`${command}\``]),
  )
  return [
    '<!-- Written by bench/benchmarks-page.ts from bench/results: run the benches, then `npm run bench:docs`. -->',
    '',
    '# Benchmarks',
    '',
    'Each figure can be had again with its command, which also says what fails it. A ratio within one run holds better than a time.',
    'Nothing here was measured on AWS: what ran, ran on one machine; what was simulated or reckoned says so.',
    '',
    `The ${spell(figures.length)} figures that matter:`,
    '',
    formatTable(['what', 'figure', 'command'], figures),
    ...filled.flatMap(({ title, command, text, result }) => [
      '',
      `## ${title}`,
      '',
      `\`${command}\`, ${result.date.slice(0, 10)}, ${formatMachine(result.machine)}`,
      '',
      text,
    ]),
    ...(others.length > 0
      ? ['', '## Other results', '', ...others.map((file) => `- [${file}](../bench/results/${file})`)]
      : []),
    '',
  ].join('\n')
}

/** Small numbers in words. */
function spell(count: number): string {
  const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
  return words[count] ?? String(count)
}

function fill<Figures extends object>(
  section: Parameters<typeof fillSection<Figures>>[0],
  read: (name: string) => Result<object> | undefined,
): Filled | undefined {
  const result = read(section.name)
  return result && fillSection(section, result)
}

function readResult(name: string): Result<object> | undefined {
  const file = new URL(`${name}.json`, resultsFolder)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

function listResults(): string[] {
  return existsSync(resultsFolder)
    ? readdirSync(resultsFolder)
        .filter((file) => file.endsWith('.json'))
        .sort()
    : []
}
