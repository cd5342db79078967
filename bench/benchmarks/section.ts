import type { Result } from '../results.ts'

/** A figure of the head of the page. */
export interface Headline {
  /** What it is of. */
  what: string
  figure: string
}

/** What the page has of one bench. */
export interface Section<Figures extends object> {
  /** Its file in `bench/results`, without `.json`. */
  name: string
  /** What runs it. */
  command: string
  title: string
  headlines(figures: Figures): Headline[]
  /** By file name, in `docs/benchmarks`. */
  charts(figures: Figures): Record<string, string>
  /** Markdown: tables, what was measured and what not. */
  text(figures: Figures): string
}

/** A section with what its bench left. */
export interface Filled {
  name: string
  command: string
  title: string
  headlines: Headline[]
  charts: Record<string, string>
  text: string
  result: Result<object>
}

/** `section` with the figures of `result`, which its bench wrote. */
export function fillSection<Figures extends object>(
  section: Section<Figures>,
  result: Result<object>,
): Filled {
  const figures = result as Result<Figures>
  const { name, command, title } = section
  return {
    name,
    command,
    title,
    headlines: section.headlines(figures),
    charts: section.charts(figures),
    text: section.text(figures),
    result,
  }
}
