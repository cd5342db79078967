import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { findChromium, openChromium } from '../../../bench/vitals/chromium.ts'
import { type PageServer, startPageServer } from '../../../bench/vitals/page-server.ts'
import { visit } from '../../../bench/vitals/visit.ts'
import { drawPicture } from '../../edge/running-edge.ts'
import { requirement } from '../../requirements.ts'

/** Long enough for an entry to come on a busy machine. */
const settleMs = 600

const text = '<p style="margin:0;font-size:40px">Text that an image without a size pushes down the screen</p>'
const pages: Readonly<Record<string, string>> = {
  '/sized': `<!doctype html><link rel="icon" href="data:,"><body style="margin:0"><img src="/one.jpg" width="400" height="300">${text}<div style="height:9000px"></div><img src="/two.jpg" width="400" height="300" loading="lazy">`,
  '/plain': `<!doctype html><link rel="icon" href="data:,"><body style="margin:0"><img src="/one.jpg">${text}`,
  '/broken': '<!doctype html><img src="/none.jpg" width="400" height="300">',
}

const options = { ...requirement('chromium', findChromium() !== undefined), concurrency: true }

suite('visit, in Chromium', options, () => {
  let folder = ''
  let browser: Browser
  let server: PageServer
  let bytes = 0

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fovea-vitals-'))
    const picture = await drawPicture(400, 300).jpeg().toBuffer()
    bytes = picture.length
    for (const key of ['one.jpg', 'two.jpg']) await writeFile(join(folder, key), picture)
    server = await startPageServer(folder, (path) => pages[path])
    browser = await openChromium()
  })

  after(async () => {
    await browser.close()
    server.close()
    await rm(folder, { recursive: true })
  })

  test('sees what is painted, and counts what scrolling loads apart', async () => {
    const seen = await visit(browser, `${server.url}/sized`, 1, settleMs)
    assert.equal(seen.clsAtEnd, 0)
    // The latency of the page and of the image at least, which is emulated.
    assert.ok(seen.lcpMs > 500 && seen.lcpMs >= seen.fcpMs, JSON.stringify(seen))
    assert.deepEqual([seen.firstScreenRequests, seen.requests], [2, 3])
    assert.ok(seen.firstScreenBytes > bytes && seen.firstScreenBytes < 2 * bytes, JSON.stringify(seen))
    assert.ok(seen.bytes > 2 * bytes && seen.bytes < 2 * bytes + 3000, JSON.stringify(seen))
  })

  test('sees what shifts', async () => {
    const { cls } = await visit(browser, `${server.url}/plain`, 1, settleMs)
    assert.ok(cls > 0.01, `${cls}`)
  })

  test('refuses a page whose images are broken', async () => {
    await assert.rejects(
      visit(browser, `${server.url}/broken`, 1, settleMs),
      /expected images but received none from .*none\.jpg/,
    )
  })
})
