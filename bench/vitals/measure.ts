import { availableParallelism } from 'node:os'
import type { Browser } from 'playwright-core'
import { type Edge, startEdge } from '../../edge/edge.ts'
import { median } from '../statistics.ts'
import { openChromium } from './chromium.ts'
import { drawFilmstrip } from './filmstrip.ts'
import { type Masters, prepareMasters } from './masters.ts'
import { startPageServer } from './page-server.ts'
import { formatHelpersPage, formatMarkupPage, formatPlainPage } from './pages.ts'
import type { Parts } from './parts.ts'
import { type Visit, visit } from './visit.ts'

/** A way of writing the page, and what its visits saw. */
export interface PageFigures {
  name: PageName
  /** Of each figure, by itself. */
  medians: Visit
  visits: readonly Visit[]
}

/** The rows of the table. */
export const pageNames = ['plain', 'markup', 'helpers, cold edge', 'helpers, warm edge'] as const
export type PageName = (typeof pageNames)[number]

/** What the bench measured. */
export interface VitalsFigures {
  /** Images of the page beside the hero. */
  products: number
  /** Where their pixels come from, in words. */
  source: string
  /** Of all originals together. */
  originalBytes: number
  dpr: number
  runs: number
  pages: readonly PageFigures[]
}

/** What is running. */
interface Stage {
  browser: Browser
  edge: Edge
  urls: Readonly<Record<PageName, string>>
  dpr: number
}

/**
 * Visits each page `runs` times, in turns, each time with an empty cache of the browser; and draws the filmstrip.
 *
 * @param say takes what is being done.
 */
export async function measureVitals(
  { parts, runs, dpr }: { parts: Parts; runs: number; dpr: number },
  say: (line: string) => void,
): Promise<{ figures: VitalsFigures; filmstrip: Buffer }> {
  const masters = await prepareMasters(parts)
  const edge = await startEdge({
    originals: masters.folder,
    port: 0,
    concurrency: 1000,
    sandboxes: availableParallelism(),
  })
  try {
    const server = await startPages(masters, edge)
    try {
      const browser = await openChromium()
      try {
        const stage = { browser, edge, urls: server.urls, dpr }
        const pages = await visitAll(stage, runs, say)
        say('filmstrip')
        const filmstrip = await drawFilmstrip(browser, listStrips(server.urls), dpr)
        const { products, originalBytes } = masters
        return {
          figures: { products: products.length, source: parts.source, originalBytes, dpr, runs, pages },
          filmstrip,
        }
      } finally {
        await browser.close()
      }
    } finally {
      server.close()
    }
  } finally {
    await edge.close()
  }
}

async function startPages(masters: Masters, edge: Edge) {
  const pages: Readonly<Record<string, string>> = {
    '/plain': formatPlainPage(masters),
    '/markup': formatMarkupPage(masters),
    '/helpers': formatHelpersPage(masters, edge.url),
  }
  const { url, close } = await startPageServer(masters.folder, (path) => pages[path])
  const urls: Stage['urls'] = {
    plain: `${url}/plain`,
    markup: `${url}/markup`,
    'helpers, cold edge': `${url}/helpers`,
    'helpers, warm edge': `${url}/helpers`,
  }
  return { urls, close }
}

async function visitAll(stage: Stage, runs: number, say: (line: string) => void): Promise<PageFigures[]> {
  const visits = pageNames.map((): Visit[] => [])
  for (let run = 1; run <= runs; run++) {
    for (const [at, name] of pageNames.entries()) {
      say(`run ${run} of ${runs}: ${name}`)
      // The warm visit is that after the cold one, which asked for the same.
      if (name === 'helpers, cold edge') stage.edge.clearCache()
      visits[at]?.push(await visit(stage.browser, stage.urls[name], stage.dpr))
    }
  }
  return pageNames.map((name, at) => ({
    name,
    medians: takeMedians(visits[at] ?? []),
    visits: visits[at] ?? [],
  }))
}

/** The median of each figure. */
export function takeMedians(visits: readonly Visit[]): Visit {
  const [first] = visits
  if (!first) throw new Error('expected visits but received none')
  const names = Object.keys(first) as (keyof Visit)[]
  return Object.fromEntries(
    names.map((name) => [name, median(visits.map((each) => each[name]))]),
  ) as unknown as Visit
}

function listStrips(urls: Stage['urls']) {
  return [
    { label: 'plain', url: urls.plain },
    { label: 'markup', url: urls.markup },
    { label: 'helpers', url: urls['helpers, warm edge'] },
  ]
}
