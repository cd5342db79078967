import assert from 'node:assert/strict'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { root } from '../../../../edge/project.ts'
import { requirement } from '../../../requirements.ts'
import { synthesizeSettings } from '../../assembly.ts'
import { closeEdges, drawPicture } from '../../running-edge.ts'
import { openPlaygroundEdge, type RunningPlayground } from '../server/running-playground.ts'

const executablePath = '/usr/bin/chromium'

/** What skips a suite where there is no Chromium. */
export const needsChromium = requirement('chromium', existsSync(executablePath))

/** For one thing on the page to happen: a machine that others share is slow. */
const timeoutMs = 90_000

/** Where pictures of the page are left for who wants to look. */
const screenshots = join(root, 'build/screenshots')

/** The page in Chromium, over a local edge with drawn originals. */
export interface OpenPlayground {
  running: RunningPlayground
  page: Page
  /** What went wrong on the page, and what it asked of other hosts, since it was opened. */
  complaints: string[]
  /** Opens another page in the same browser. */
  open(options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

/** Starts an edge and a browser, and opens the page, as it was built; waits until its first picture is there. */
export async function openPlaygroundPage(options: BrowserContextOptions = {}): Promise<OpenPlayground> {
  const assembly = synthesizeSettings(new URL('pictured.config.ts', import.meta.url))
  const running = await openPlaygroundEdge({ assembly, watchOriginals: true })
  await drawOriginals(running)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const complaints: string[] = []
  const open = (each: BrowserContextOptions = {}) => openIn(browser, running.edge.url, complaints, each)
  const page = await open(options)
  return {
    running,
    page,
    complaints,
    open,
    async close() {
      await browser.close()
      await closeEdges()
      rmSync(assembly, { recursive: true, force: true })
    },
  }
}

async function openIn(
  browser: Browser,
  url: string,
  complaints: string[],
  options: BrowserContextOptions,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url })
  const page = await context.newPage()
  page.setDefaultTimeout(timeoutMs)
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const asked = new URL(request.url())
    if (asked.origin !== url && !['data:', 'blob:'].includes(asked.protocol)) complaints.push(request.url())
  })
  await page.goto(`${url}/_fovea/`)
  await page.locator('.stage[aria-busy="false"] img.result').waitFor()
  return page
}

/** Small, so that all of their variants are made soon. */
async function drawOriginals({ put }: RunningPlayground): Promise<void> {
  const photograph = await drawPicture(480, 320).jpeg().toBuffer()
  for (const folder of ['open', 'paid']) put(`${folder}/photo.jpg`, photograph)
  const disc = '<svg width="300" height="300"><circle cx="150" cy="150" r="120" fill="#3a6ea5"/></svg>'
  put('disc.png', await sharp(Buffer.from(disc)).png().toBuffer())
  const mark = '<svg width="60" height="30"><rect width="60" height="30" fill="#fff"/></svg>'
  put('marks/logo.png', await sharp(Buffer.from(mark)).png().toBuffer())
}

/** Types the URL of a request, and waits for its answer. */
export async function askFor(page: Page, url: string): Promise<void> {
  await page.getByLabel('URL', { exact: true }).fill(url)
  await waitForAnswer(page)
}

/** The URL of the request, as the page has it. */
export function readUrl(page: Page): Promise<string> {
  return page.getByLabel('URL', { exact: true }).inputValue()
}

/** Waits until what stands in the bar has been answered. */
export async function waitForAnswer(page: Page): Promise<void> {
  await waitUntil(
    page,
    `(() => {
      const stage = document.querySelector('.stage')
      if (!stage) return false
      const [asked] = JSON.parse(stage.dataset.answered ?? '[{}]')
      const url = document.getElementById('request-url').value
      const viewer = document.getElementById('request-viewer').value
      return stage.ariaBusy === 'false' && asked.url === url && asked.viewer === viewer
    })()`,
  )
}

/** The side by side size of the result, in its own pixels. */
export async function readResultSize(page: Page): Promise<[width: number, height: number]> {
  await waitUntil(page, `document.querySelector('img.result')?.complete`)
  return page.evaluate(
    `(({ naturalWidth, naturalHeight }) => [naturalWidth, naturalHeight])(document.querySelector('img.result'))`,
  )
}

/** Waits until an expression of the page's holds. Asked again and again: the page's own policy keeps it from evaluating texts. */
export async function waitUntil(page: Page, expression: string): Promise<void> {
  const endsAt = Date.now() + timeoutMs
  while (!(await page.evaluate(expression))) {
    if (Date.now() > endsAt) throw new Error(`expected ${expression} within ${timeoutMs} ms`)
    await setTimeout(50)
  }
}

/** What the stage says in a picture's place: the code of the refusal. */
export async function readRefusalCode(page: Page): Promise<string | null> {
  return page.locator('.refusal').getAttribute('data-code')
}

/** Leaves a picture of the page in `build/screenshots`. */
export async function keepScreenshot(page: Page, name: string, fullPage = false): Promise<void> {
  mkdirSync(screenshots, { recursive: true })
  const path = join(screenshots, `${name}.png`)
  await page.screenshot({ path, fullPage })
  assert.ok(existsSync(path))
}

/** Opens each group of the controls. */
export async function openAllControls(page: Page): Promise<void> {
  const closed = page.locator('.control-group:not([open]) > summary')
  while ((await closed.count()) > 0) await closed.first().click()
}
