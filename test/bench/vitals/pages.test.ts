import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { requestThrottling } from '../../../bench/vitals/emulation.ts'
import type { Masters } from '../../../bench/vitals/masters.ts'
import { formatHelpersPage, formatMarkupPage, formatPlainPage } from '../../../bench/vitals/pages.ts'
import { listCameraParts, listPackagedParts } from '../../../bench/vitals/parts.ts'

const productParts = listPackagedParts().products

const master = (key: string, width: number, height: number) => ({
  key,
  alt: 'A print',
  width,
  height,
  colour: 'rgb(1 2 3)',
})
const masters: Masters = {
  folder: '/nowhere',
  hero: master('hero.jpg', 3200, 1800),
  products: productParts.map((_part, at) => master(`prints/${at}.jpg`, 2400, 3000)),
  originalBytes: 1,
}
const pages = {
  plain: formatPlainPage(masters),
  markup: formatMarkupPage(masters),
  helpers: formatHelpersPage(masters, 'http://localhost:1'),
}
const images = (html: string) => html.match(/<img [^>]*>/g) ?? []
const count = (html: string, pattern: RegExp) => images(html).filter((image) => pattern.test(image)).length

suite('the pages of bench:vitals', () => {
  test('have at least 24 products and a hero each', () => {
    assert.ok(productParts.length >= 24)
    for (const html of Object.values(pages)) assert.equal(images(html).length, productParts.length + 1)
  })

  for (const { name, products, hero } of [listPackagedParts(), listCameraParts('/nowhere')]) {
    test(`show 24 ${name} parts that lie within their photographs, no two of them the same`, () => {
      const [width, height] = name === 'camera' ? [4272, 2848] : [2048, 1024]
      const places = products.map(({ file, place }) => ({ file, ...place(width, height) }))
      assert.ok(places.length >= 24)
      assert.equal(new Set(places.map((each) => JSON.stringify(each))).size, places.length)
      for (const place of places) {
        assert.ok(place.left >= 0 && place.left + place.width <= width, JSON.stringify(place))
        assert.ok(place.top >= 0 && place.top + (place.width * 5) / 4 <= height, JSON.stringify(place))
      }
      const { top, width: heroWidth } = hero.place(width, height)
      assert.ok(top >= 0 && heroWidth <= width && top + (heroWidth * 9) / 16 <= height)
    })
  }

  test('are the same but for their images and the preload', () => {
    const [first, ...others] = Object.values(pages).map((html) =>
      html.replace(/<(?:img|link rel="preload") [^>]*>/g, ''),
    )
    for (const other of others) assert.equal(other, first)
  })

  test('have on the plain one nothing but the original and what it shows', () => {
    assert.equal(count(pages.plain, /^<img src="\/[\w/]+\.jpg" alt="A print">$/), images(pages.plain).length)
    assert.doesNotMatch(pages.plain, /preload/)
  })

  for (const name of ['markup', 'helpers'] as const) {
    test(`have on ${name} sizes for all, a hero first, and lazy ones after the first screen`, () => {
      const html = pages[name]
      assert.equal(count(html, / width="\d+" height="\d+"/), images(html).length)
      assert.equal(count(html, / fetchpriority="high"/), 1)
      assert.equal(count(html, / loading="lazy"/), productParts.length - 4)
      assert.equal(html.match(/<link rel="preload" as="image"/g)?.length, 1)
    })
  }

  test('ask on that of the helpers the edge alone', () => {
    assert.equal(
      count(pages.helpers, / srcset="http:\/\/localhost:1\/[^"]*width=\d+ \d+w/),
      images(pages.helpers).length,
    )
    assert.doesNotMatch(pages.helpers, /(?:src|href)="\//)
    assert.doesNotMatch(pages.markup, /srcset/)
  })
})

suite('the throttling of bench:vitals', () => {
  test('is what Lighthouse tells DevTools for its slow 4G', () => {
    assert.equal(requestThrottling.latency, 562.5)
    assert.equal(requestThrottling.downloadThroughput * 8, 1_474_560)
    assert.equal(requestThrottling.uploadThroughput * 8, 675_000)
  })
})
