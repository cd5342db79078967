import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import sharp from 'sharp'
import {
  askFor,
  needsChromium,
  type OpenPlayground,
  openPlaygroundPage,
  readRefusalCode,
  readResultSize,
  readUrl,
  waitForAnswer,
  waitUntil,
} from './open-page.ts'

suite('the page of the playground', needsChromium, () => {
  let open: OpenPlayground
  before(async () => {
    open = await openPlaygroundPage()
  })
  after(() => open?.close())

  test('begins with a photograph, what it saves, its URL and its controls', async () => {
    const { page } = open
    assert.match(await readUrl(page), /^\/(?:open\/)?photo\.jpg\?width=320$/)
    assert.match(await page.locator('[data-figure="bytes"]').innerText(), /^[\d.]+ k?B$/)
    assert.match(await page.locator('.saving').innerText(), /\d %/)
    assert.ok(await page.locator('[data-parameter="width"]').isVisible())
  })

  test('shows thumbnails of all originals, and finds them by parts of their keys', async () => {
    const { page } = open
    await page.locator('.thumbnail-shown').nth(3).waitFor()
    assert.equal(await page.locator('.thumbnail').count(), 5)
    await page.getByLabel('Search the originals').fill('photo open')
    assert.equal(await page.locator('.thumbnail').count(), 1)
    await page.getByLabel('Search the originals').fill('nothing like it')
    assert.match(await page.locator('.originals .empty').innerText(), /No key holds/)
    await page.getByLabel('Search the originals').fill('')
  })

  test('asks the same of an original that is chosen', async () => {
    const { page } = open
    await page.locator('.thumbnail[title="disc.png"]').click()
    await waitForAnswer(page)
    assert.equal(await readUrl(page), '/disc.png?width=320')
    assert.deepEqual(await readResultSize(page), [300, 300])
    await page.locator('.thumbnail[title="photo.jpg"]').click()
    await waitForAnswer(page)
  })

  test('writes the URL as a control moves, and shows other pixels', async () => {
    const { page } = open
    await askFor(page, '/photo.jpg?width=160')
    assert.deepEqual(await readResultSize(page), [160, 107])
    const slider = page.getByLabel('width, slider')
    await slider.focus()
    for (let presses = 0; presses < 3; presses++) await slider.press('PageUp')
    await waitForAnswer(page)
    const width = Number(/width=(\d+)$/.exec(await readUrl(page))?.[1])
    assert.ok(width > 160 && width <= 320, `width=${width}`)
    assert.deepEqual(await readResultSize(page), width > 240 ? [320, 213] : [240, 160])
  })

  test('has its controls follow a URL typed by hand, its aliases too', async () => {
    const { page } = open
    await askFor(page, '/photo.jpg?W=240&fit=crop&h=160&q=low&utm_source=x')
    assert.equal(await page.locator('#parameter-width').inputValue(), '240')
    assert.equal(await page.locator('#parameter-height').inputValue(), '160')
    assert.ok(await page.locator('[data-parameter="quality"] input[value="low"]').isChecked())
    await page.locator('#parameter-width').fill('160')
    assert.equal(await readUrl(page), '/photo.jpg?W=160&fit=crop&h=160&q=low&utm_source=x')
  })

  test('shows a refusal beside the control that it concerns', async () => {
    const { page } = open
    await askFor(page, '/photo.jpg?width=9000')
    assert.equal(await readRefusalCode(page), 'bad-value')
    const control = page.locator('[data-parameter="width"]')
    assert.match(await control.locator('.control-refusal').innerText(), /1 to 8192; received 9000/)
    assert.equal(await page.locator('#parameter-width').getAttribute('aria-invalid'), 'true')
    await control.getByRole('button', { name: 'Leave width out' }).click()
    await waitForAnswer(page)
    assert.equal(await page.locator('.control-refusal').count(), 0)
    assert.equal(await readUrl(page), '/photo.jpg')
  })

  test('moves the divider by mouse and by keys, and the picture with it', async () => {
    const { page } = open
    await askFor(page, '/photo.jpg?width=320')
    const divider = page.getByRole('slider', { name: /Divider/ })
    const readClip = () =>
      page.evaluate(`document.querySelector('img.reference:not([hidden])').style.clipPath`)
    const middle = await readClip()
    await divider.press('ArrowRight')
    await divider.press('PageUp')
    assert.equal(await divider.getAttribute('aria-valuenow'), '61')
    assert.notEqual(await readClip(), middle)
    await divider.press('Home')
    assert.equal(await divider.getAttribute('aria-valuenow'), '0')
    const box = await divider.boundingBox()
    assert.ok(box)
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 + 80, box.y + box.height / 2, { steps: 4 })
    await page.mouse.up()
    assert.equal(await divider.getAttribute('aria-valuenow'), '25')
  })

  test('compares the same pixels, without loss', async () => {
    const { page } = open
    const sizes = await page.evaluate(`['result', 'reference'].map((name) => {
      const image = document.querySelector('img.' + name)
      return [image.naturalWidth, image.naturalHeight, image.clientWidth, image.clientHeight]
    })`)
    const [result, reference] = sizes as number[][]
    assert.deepEqual(reference, result)
    const source = await page.locator('img.reference').getAttribute('src')
    assert.match(source ?? '', /format=png/)
  })

  test('zooms to the pixels of the picture', async () => {
    const { page } = open
    const readWidth = () => page.evaluate(`document.querySelector('img.result').clientWidth`)
    await page.getByRole('radio', { name: '4:1', exact: true }).check()
    assert.equal(await readWidth(), 1280)
    await page.getByRole('radio', { name: '1:1', exact: true }).check()
    assert.equal(await readWidth(), 320)
    await page.getByRole('radio', { name: 'Fit', exact: true }).check()
  })

  test('asks as other viewers, who get other formats', async () => {
    const { page } = open
    const readFormat = () => page.locator('.figures .arrow dt').innerText()
    await askFor(page, '/photo.jpg?width=240')
    assert.match(await readFormat(), /^AVIF/)
    await page.getByLabel('Asked as').selectOption('old-browser')
    await waitForAnswer(page)
    assert.match(await readFormat(), /^JPEG/)
    await page.getByLabel('Asked as').selectOption('chrome')
    await waitForAnswer(page)
    assert.match(await readFormat(), /^AVIF/)
  })

  test('tells where each part of the canonical URL comes from, and whether the cache had it', async () => {
    const { page } = open
    await askFor(page, '/photo.jpg?w=200&utm_source=x')
    const explanation = page.locator('#token-explanation')
    const point = async (name: string) => {
      await page.locator('.token', { hasText: name }).focus()
      return explanation.innerText()
    }
    assert.match(await point('width=240'), /w=200 was asked: given under another name; rounded up to a step/)
    assert.match(await point('format=auto.avif'), /negotiated/)
    assert.match(await point('utm_source=x'), /no such parameter/)
    await page.getByRole('button', { name: 'Ask again' }).click()
    await page.locator('[data-fact="cache"]', { hasText: /^hit/ }).waitFor()
  })

  test('shows the picture in four formats, with their bytes', async () => {
    const { page } = open
    await page.locator('.formats').scrollIntoViewIfNeeded()
    for (const format of ['avif', 'webp', 'jpeg', 'png']) {
      const card = page.locator(`[data-format="${format}"][aria-busy="false"]`)
      await card.waitFor()
      assert.equal(await card.locator('img').count(), 1, await card.innerText())
      assert.match(await card.locator('.format-bytes').innerText(), /^[\d.]+ k?B$/, format)
    }
    await page.locator('[data-format="webp"] button').click()
    await waitForAnswer(page)
    assert.match(await readUrl(page), /format=webp$/)
  })

  test('keeps what is chosen in its address', async () => {
    const { page } = open
    await askFor(page, '/disc.png?width=160&quality=high')
    await page.getByLabel('Asked as').selectOption('firefox')
    await waitUntil(page, `location.hash.includes('firefox') && location.hash.includes('disc.png')`)
    await page.reload()
    await waitForAnswer(page)
    assert.equal(await readUrl(page), '/disc.png?width=160&quality=high')
    assert.equal(await page.getByLabel('Asked as').inputValue(), 'firefox')
    await page.getByLabel('Asked as').selectOption('chrome')
  })

  test('signs what is refused, and shows what becomes of it when it ends or is changed', async () => {
    const { page } = open
    await askFor(page, '/photo.jpg?width=200&blur=3')
    assert.equal(await readRefusalCode(page), 'needs-signature')
    assert.match(await page.locator('[data-parameter="blur"] .control-refusal').innerText(), /blur=3/)
    await page.locator('.refusal').getByRole('button', { name: 'Sign it' }).click()
    await page.locator('.stage img.result').waitFor()
    assert.match(await readUrl(page), /blur=3.*sig=/)
    assert.deepEqual(await readResultSize(page), [200, 133])
    const signing = page.locator('[data-part="signing"]')
    await signing.locator('.verdict', { hasText: 'the signature holds' }).waitFor()
    await signing.getByRole('button', { name: 'Tamper with it' }).click()
    await page.locator('.refusal[data-code="signature-wrong"]').waitFor()
    assert.match(await signing.locator('.verdict-refused').innerText(), /does not belong to this URL/)
    await signing.getByRole('button', { name: 'Let it expire' }).click()
    await page.locator('.refusal[data-code="signature-expired"]').waitFor()
    await signing.getByRole('button', { name: 'Sign it anew' }).click()
    await page.locator('.stage img.result').waitFor()
    await signing.getByRole('button', { name: 'Take it off' }).click()
    await page.locator('.refusal[data-code="needs-signature"]').waitFor()
  })

  test('asks as if pages of other sites embedded the picture', async () => {
    const { page } = open
    await askFor(page, '/photo.jpg?width=160')
    const hotlink = page.locator('[data-part="hotlink"]')
    assert.match(await hotlink.innerText(), /shop\.example/)
    await hotlink.getByRole('button', { name: 'Ask from there' }).click()
    await page.locator('.refusal[data-code="hotlink"]').waitFor()
    assert.match(await hotlink.locator('.verdict-refused').innerText(), /may not show it/)
    await hotlink.getByLabel('As if a page').fill('shop.example')
    await hotlink.getByRole('button', { name: 'Ask from there' }).click()
    await page.locator('.stage img.result').waitFor()
    assert.match(await hotlink.locator('.verdict').innerText(), /Served to shop\.example/)
    await hotlink.getByRole('button', { name: 'Ask from here' }).click()
    await waitForAnswer(page)
  })

  test('sends a burst, whose misses collapse, and draws what happens', async () => {
    const { page } = open
    await page.getByLabel('Requests', { exact: true }).fill('60')
    await page.getByLabel('Variants', { exact: true }).fill('2')
    await page.getByRole('button', { name: 'Send a burst' }).click()
    const result = page.locator('.burst-result', { hasText: 'came from the cache' })
    await result.waitFor()
    const text = await result.innerText()
    const said = /60 viewers asked for 2 variants.*ran (\d+) times?, (\d+) waited.*, (\d+) came/.exec(text)
    assert.ok(said, text)
    const [runs = 0, waited = 0, hits = 0] = said.slice(1).map(Number)
    // Other parts of the page ask too, for at most a picture in each of four formats and what it is compared with.
    assert.ok(runs >= 2 && runs <= 12, text)
    assert.ok(runs + waited + hits >= 60, text)
    assert.equal(await page.locator('.chart canvas').count(), 4)
    await waitUntil(
      page,
      `[...document.querySelectorAll('.charts figcaption b')].every((b) => /\\d/.test(b.textContent))`,
    )
  })

  test('puts files in, asks before one is replaced, and shows the new picture then', async () => {
    const { page } = open
    const draw = (colour: string) =>
      sharp({ create: { width: 90, height: 60, channels: 3, background: colour } })
        .png()
        .toBuffer()
    const put = async (colour: string, message: RegExp) => {
      const buffer = await draw(colour)
      await page
        .getByLabel('Pictures to add')
        .setInputFiles({ name: 'added.png', mimeType: 'image/png', buffer })
      if (message.test('replaced')) await page.getByRole('button', { name: 'Replace added.png' }).click()
      await page.locator('.upload-done .upload-message', { hasText: message }).waitFor()
      await waitForAnswer(page)
      assert.match(await readUrl(page), /^\/added\.png/)
    }
    await put('#ff0000', /^added$/)
    await waitForColour('#ff0000')
    await put('#0000ff', /^replaced$/)
    await waitForColour('#0000ff')
    await page
      .getByLabel('Pictures to add')
      .setInputFiles({ name: '..', mimeType: 'image/png', buffer: await draw('#fff') })
    await page.locator('.upload-failed').waitFor()
    assert.match(open.complaints.pop() ?? '', /400/)

    function waitForColour(colour: string) {
      return waitUntil(
        page,
        `(() => {
        const image = document.querySelector('.stage[aria-busy="false"] img.result')
        if (!image?.complete || !image.naturalWidth) return false
        const context = new OffscreenCanvas(1, 1).getContext('2d')
        context.drawImage(image, 0, 0, 1, 1)
        const hex = [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => Math.round(part / 255) * 255)
        return hex.join() === '${colour === '#ff0000' ? '255,0,0' : '0,0,255'}'
      })()`,
      )
    }
  })

  test('takes files that are dropped on it', async () => {
    const { page } = open
    const dropped = (
      await sharp({ create: { width: 50, height: 40, channels: 3, background: '#0f0' } })
        .png()
        .toBuffer()
    ).toString('base64')
    await page.evaluate(`(() => {
      const bytes = Uint8Array.from(atob('${dropped}'), (byte) => byte.charCodeAt(0))
      globalThis.dragged = new DataTransfer()
      dragged.items.add(new File([bytes], 'dropped.png', { type: 'image/png' }))
      document.body.dispatchEvent(new DragEvent('dragenter', { dataTransfer: dragged, bubbles: true }))
    })()`)
    await page.locator('.drop-zone').waitFor()
    await page.evaluate(
      `document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: dragged, bubbles: true, cancelable: true }))`,
    )
    await waitUntil(page, `document.getElementById('request-url').value.startsWith('/dropped.png')`)
    await waitForAnswer(page)
    assert.deepEqual(await readResultSize(page), [50, 40])
    assert.equal(await page.locator('.drop-zone').count(), 0)
  })

  test('has code to take along, which can be copied', async () => {
    const { page } = open
    await askFor(page, '/photo.jpg?width=160&quality=high')
    for (const [language, code] of [
      ['html', /^<img [\s\S]*srcset="\/photo\.jpg\?quality=high&#38;width=/],
      ['js', /signer\.signUrl\('photo\.jpg', \{\n {2}width: 160,\n {2}quality: 'high',\n\}\)/],
      ['sh', /^curl .*\n[\s\S]*accept: image\/jxl,image\/avif[\s\S]*\/photo\.jpg\?width=160&quality=high'$/],
    ] as const) {
      await page.locator(`[data-language="${language}"] button`).click()
      await page.locator(`[data-language="${language}"] button`, { hasText: 'Copied' }).waitFor()
      const copied: string = await page.evaluate('navigator.clipboard.readText()')
      assert.match(copied.replaceAll('&amp;', '&#38;'), code)
    }
  })

  test('had nothing to complain of, and asked no other host', () => {
    assert.deepEqual(open.complaints, [])
  })
})
