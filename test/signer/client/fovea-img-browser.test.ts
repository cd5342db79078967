import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { findChromium, openChromium } from '../../../bench/vitals/chromium.ts'
import { imgMarkup } from '../../../signer/client/markup.ts'
import { readText, root } from '../../project-files.ts'
import { requirement } from '../../requirements.ts'

const chair = { alt: 'A chair', width: 300, height: 200, sizes: '300px', priority: 'eager' } as const
const rendered = `<fovea-img src="kept.jpg" alt="A chair" width="300" height="200" sizes="300px" priority="eager">${imgMarkup('kept.jpg', { ...chair, attributes: { id: 'kept' } })}</fovea-img>`

const body = `<fovea-img id="one" src="one.jpg" alt="A chair" width="300" height="200" sizes="300px" priority="eager" placeholder="rgb(1 2 3)"></fovea-img>
${rendered}
<fovea-img src="wide.jpg" alt="" width="wide" height="200" priority="eager" sizes="300px"></fovea-img>
<fovea-img src="wide.jpg" alt="" width="wide" height="200" priority="eager" sizes="300px"></fovea-img>
<fovea-img id="bad" src="../bad.jpg" alt="Not a key" width="300" height="200"></fovea-img>`

const [documented = ''] = /^<fovea-img [^>]*gravity=.*$/m.exec(readText('docs/client.md')) ?? []

const pages: Readonly<Record<string, string>> = {
  // Defined when all is parsed, as modules are, and before anything is.
  '/module': `<!doctype html><title>module</title><script type="module" src="/define.js"></script>${body}`,
  '/first': `<!doctype html><title>first</title><script src="/define.js"></script>${body}`,
  '/documented': `<!doctype html><title>documented</title>${documented}<script src="/define.js"></script>`,
}

suite('<fovea-img> in Chromium', requirement('chromium', findChromium() !== undefined), () => {
  let browser: Browser
  let server: Server
  const asked: string[] = []

  before(async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { defineFoveaImg } from './client.ts'\ndefineFoveaImg()\ndefineFoveaImg()`,
        resolveDir: join(root, 'signer'),
      },
      bundle: true,
      format: 'iife',
      write: false,
      logLevel: 'silent',
    })
    server = createServer((request, response) => {
      const path = request.url ?? '/'
      if (path.includes('.jpg')) asked.push(path)
      const [type, text] =
        pages[path] !== undefined
          ? ['text/html', pages[path]]
          : path === '/define.js'
            ? ['text/javascript', outputFiles[0]?.text]
            : ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>']
      // No styles in attributes.
      response.writeHead(200, { 'content-type': type, 'content-security-policy': "default-src 'self'" })
      response.end(text)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    browser = await openChromium()
  })

  after(async () => {
    await browser.close()
    server.closeAllConnections()
    server.close()
  })

  for (const path of ['/module', '/first']) {
    test(`shows images, keeps those of the server, and throws nothing, on ${path}`, async () => {
      asked.length = 0
      const { page, errors, reports } = await open(path)
      assert.deepEqual(errors, [])
      assert.deepEqual(asked.sort(), ['/kept.jpg?width=320', '/one.jpg?width=320', '/wide.jpg?width=320'])
      assert.deepEqual(reports.sort(), [
        "<fovea-img>: expected 1..1024 bytes, no %2F // . .. for key but received '../bad.jpg'",
        "<fovea-img>: expected a number above 0 for width but received 'wide'",
      ])
      assert.equal(await page.evaluate('document.images.length'), 5)
      assert.equal(await page.evaluate(`document.querySelector('#kept').alt`), 'A chair')
      assert.equal(
        await page.evaluate(`getComputedStyle(document.querySelector('#one img')).backgroundColor`),
        'rgb(1, 2, 3)',
      )
      assert.deepEqual(
        await page.evaluate(`[...document.querySelector('#bad img').attributes].map(({ name }) => name)`),
        ['alt', 'width', 'height', 'loading', 'decoding', 'sizes'],
      )
      await page.close()
    })
  }

  test('asks what docs/client.md says', async () => {
    asked.length = 0
    const { page, reports } = await open('/documented', 1)
    const aspect = 'aspect=4-3&gravity=north&width'
    // `auto` takes the width that it has, not 50vw.
    assert.deepEqual(asked, [`/products/chair.jpg?${aspect}=320`])
    assert.equal(await page.evaluate('document.images[0].alt'), 'A red chair')
    assert.deepEqual(reports, [])
    await page.close()
  })

  test('follows its attributes, several changes at once, in the same image', async () => {
    const { page, errors } = await open('/module')
    asked.length = 0
    await page.evaluate(`(async () => {
      window.image = document.querySelector('#one img')
      const host = image.parentElement
      host.setAttribute('src', 'two.jpg')
      host.setAttribute('aspect', '4:3')
      host.removeAttribute('placeholder')
      host.remove()
      document.body.append(host)
      await new Promise((resolve) => { image.onload = resolve })
    })()`)
    assert.deepEqual(asked, ['/two.jpg?aspect=4-3&width=320'])
    assert.deepEqual(
      await page.evaluate(`[document.querySelector('#one img') === image, image.hasAttribute('style')]`),
      [true, false],
    )
    await page.evaluate(`document.querySelector('#kept').parentElement.setAttribute('alt', 'Another')`)
    assert.equal(await page.evaluate(`document.querySelector('#kept').alt`), 'Another')
    assert.deepEqual(errors, [])
    await page.close()
  })

  async function open(
    path: string,
    images = 5,
  ): Promise<{ page: Page; errors: string[]; reports: string[] }> {
    const page = await browser.newPage({ deviceScaleFactor: 1 })
    const [errors, reports]: string[][] = [[], []]
    page.on('pageerror', ({ message }) => errors?.push(message))
    page.on('console', (message) => {
      // What the policy says of the server's own markup is not meant.
      if (message.type() === 'error' && message.text().startsWith('<')) reports?.push(message.text())
    })
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}${path}`)
    await page.waitForFunction(
      `[...document.images].every((image) => image.complete) && document.images.length === ${images}`,
    )
    return { page, errors: errors ?? [], reports: reports ?? [] }
  }
})
