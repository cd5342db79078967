import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { phone, throttle, unthrottle } from './emulation.ts'
import { countTraffic } from './traffic.ts'

/** What one visit of a page with an empty cache saw. */
export interface Visit {
  /** Milliseconds from the navigation to the first content. */
  fcpMs: number
  /** Milliseconds from the navigation to the largest content of the first screen. */
  lcpMs: number
  /** Of the first screen, and after all has been scrolled through. */
  cls: number
  clsAtEnd: number
  /** Milliseconds of tasks of over 50 ms, and what of each is over that, until the first screen is complete. */
  longTaskMs: number
  blockingMs: number
  /** Over the network, with headers, until all images of the first screen are there. */
  firstScreenBytes: number
  firstScreenRequests: number
  /** After all has been scrolled through. */
  bytes: number
  requests: number
}

interface Seen {
  fcp: number
  lcp: number
  cls: number
  tasks: number[]
}

/** Milliseconds in which a last paint, and its entry, may follow the last image. */
const defaultSettleMs = 1500

/** Milliseconds of each wait: the plain page's first screen takes 40 s. */
const deadlineMs = 300_000

const collector = `${readFileSync(
  createRequire(import.meta.url)
    .resolve('web-vitals')
    .replace(/[^/]+$/, 'web-vitals.iife.js'),
  'utf8',
)}
const seen = (window.foveaVitals = { fcp: NaN, lcp: NaN, cls: 0, tasks: [] })
webVitals.onFCP(({ value }) => { seen.fcp = value })
webVitals.onLCP(({ value }) => { seen.lcp = value }, { reportAllChanges: true })
webVitals.onCLS(({ value }) => { seen.cls = value }, { reportAllChanges: true })
new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) seen.tasks.push(duration) })
  .observe({ type: 'longtask', buffered: true })`

/** Whether the page is parsed and every image whose place is on the screen is there. */
const firstScreenIsThere = `document.readyState !== 'loading' && [...document.images].every((image) => {
  const { top, bottom } = image.getBoundingClientRect()
  return image.complete || top >= innerHeight || bottom < 0
})`

/** A page of a phone, with an empty cache. */
export async function openPhone(browser: Browser, dpr: number): Promise<{ page: Page; session: CDPSession }> {
  const context = await browser.newContext({
    viewport: phone,
    deviceScaleFactor: dpr,
    isMobile: true,
    hasTouch: true,
  })
  const page = await context.newPage()
  return { page, session: await context.newCDPSession(page) }
}

/**
 * Loads `url` as a phone in a slow network does, until the first screen is complete, then scrolls through it at full speed.
 *
 * @param settleMs before each look at what was seen.
 * @throws Error where an image fails.
 */
export async function visit(
  browser: Browser,
  url: string,
  dpr: number,
  settleMs = defaultSettleMs,
): Promise<Visit> {
  const { page, session } = await openPhone(browser, dpr)
  try {
    const traffic = await countTraffic(session)
    await throttle(session)
    await page.addInitScript({ content: collector })
    await page.goto(url, { waitUntil: 'commit', timeout: deadlineMs })
    await page.waitForFunction(firstScreenIsThere, undefined, { polling: 200, timeout: deadlineMs })
    await setTimeout(settleMs)
    const first: Seen = await page.evaluate('foveaVitals')
    const atFirst = traffic.count()
    // Bytes are the same without.
    await unthrottle(session)
    await scrollThrough(page)
    await setTimeout(settleMs)
    const last: Seen = await page.evaluate('foveaVitals')
    const atLast = traffic.count()
    return {
      fcpMs: first.fcp,
      lcpMs: first.lcp,
      cls: first.cls,
      clsAtEnd: last.cls,
      longTaskMs: sum(first.tasks),
      blockingMs: sum(first.tasks.map((duration) => duration - 50)),
      firstScreenBytes: atFirst.bytes,
      firstScreenRequests: atFirst.requests,
      ...atLast,
    }
  } finally {
    await page.context().close()
  }
}

async function scrollThrough(page: Page): Promise<void> {
  const step = phone.height / 2
  for (let top = 0; top < Number(await page.evaluate('document.body.scrollHeight')); top += step) {
    await page.evaluate(`scrollTo(0, ${top})`)
    await setTimeout(100)
    await page.waitForFunction(firstScreenIsThere, undefined, { polling: 100, timeout: deadlineMs })
  }
  await page.waitForFunction('[...document.images].every((image) => image.complete)', undefined, {
    polling: 100,
    timeout: deadlineMs,
  })
  const broken: string[] = await page.evaluate(
    '[...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.currentSrc)',
  )
  if (broken.length > 0) throw new Error(`expected images but received none from ${broken.join(', ')}`)
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
