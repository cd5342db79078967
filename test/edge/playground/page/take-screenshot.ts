import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import sharp from 'sharp'
import { buildAll } from '../../../../edge/build.ts'
import { startEdge } from '../../../../edge/edge.ts'
import { openPlayground } from '../../../../edge/playground/server/playground.ts'
import { root } from '../../../../edge/project.ts'
import { prepareSamples } from '../../../../edge/samples.ts'

// Takes the picture of the playground that the README shows: npx tsx test/edge/playground/page/take-screenshot.ts

const file = join(root, 'docs/playground.webp')

/** What is shown: a request with something to round, to negotiate and to leave out. */
const choices = new URLSearchParams({ url: '/travel/earth.jpg?width=1200&utm_source=mail', split: '46' })

/** Milliseconds until thumbnails and placeholders are there, on a slow machine. */
const settleMs = 8000

async function takeScreenshot(): Promise<void> {
  await buildAll()
  const originals = join(root, 'build/samples')
  await prepareSamples(originals)
  const edge = await startEdge({
    originals,
    port: 0,
    concurrency: 1000,
    sandboxes: availableParallelism(),
    openOwnPages: openPlayground,
  })
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' })
    await page.goto(`${edge.url}/_fovea/#${choices}`)
    await page.locator('img.reference:not([hidden])').waitFor({ timeout: 120_000 })
    await setTimeout(settleMs)
    // Asked again, it is a hit: that is what most viewers see.
    await page.getByRole('button', { name: 'Ask again' }).click()
    await page.getByText('From the cache').waitFor()
    await page.evaluate('document.activeElement.blur()')
    await writeFile(
      file,
      await sharp(await page.screenshot())
        .webp({ quality: 86, effort: 6 })
        .toBuffer(),
    )
  } finally {
    await browser.close()
    await edge.close()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await takeScreenshot()
  process.exit()
}
