import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { formatTable } from '../../docs/markdown.ts'
import { formatMachine } from '../machine.ts'
import { type Result, resultsFolder } from '../results.ts'
import { costSection } from './cost.ts'
import { faultsSection } from './faults.ts'
import { hitRatioSection } from './hit-ratio.ts'
import { scaleSection } from './scale.ts'
import { type Filled, fillSection } from './section.ts'

/** What the page has, in its order, each from the result that its bench left. */
const sections: readonly ((read: (name: string) => Result<object> | undefined) => Filled | undefined)[] = [
  (read) => fill(hitRatioSection, read),
  (read) => fill(scaleSection, read),
  (read) => fill(faultsSection, read),
  (read) => fill(costSection, read),
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
  return [
    '<!-- Written by bench/benchmarks-page.ts from bench/results: run the benches, then `npm run bench:docs`. -->',
    '',
    '# Benchmarks',
    '',
    'Each figure can be had again with its command, which also says what fails it. A ratio within one run holds better than a time.',
    'Nothing here was measured on AWS: what ran, ran on one machine; what was simulated or reckoned says so.',
    '',
    formatTable(
      ['what', 'figure', 'command'],
      filled.flatMap(({ headlines, command }) =>
        headlines.map(({ what, figure }) => [what, `**${figure}**`, `\`${command}\``]),
      ),
    ),
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
