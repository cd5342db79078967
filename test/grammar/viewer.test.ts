import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readViewer, type Viewer } from '../../grammar/viewer.ts'
import { canonicalOf, viewerWith } from './url-outcome.ts'

const nobody: Viewer = {
  class: 'none',
  saveData: false,
  dpr: 0,
  width: 0,
  viewportWidth: 0,
  deviceWidth: 1920,
}

const cases: readonly (readonly [headers: Record<string, string>, told: Partial<Viewer>])[] = [
  [{}, {}],
  [{ accept: 'image/avif' }, { class: 'avif' }],
  [{ accept: 'image/webp' }, { class: 'webp' }],
  // Fewer bytes.
  [{ 'save-data': 'on' }, { saveData: true }],
  [{ 'save-data': 'On' }, { saveData: true }],
  [{ 'save-data': 'off' }, {}],
  [{ 'save-data': '' }, {}],
  [{ 'save-data': '1' }, {}],
  [{ 'save-data': 'off; reason="none"' }, {}],
  [{ ect: '2g' }, { saveData: true }],
  [{ ect: 'slow-2g' }, { saveData: true }],
  [{ ect: '3g' }, {}],
  [{ ect: '4g' }, {}],
  [{ 'save-data': 'off', ect: '2g' }, { saveData: true }],
  // Client hints.
  [{ 'sec-ch-dpr': '2' }, { dpr: 2 }],
  [{ 'sec-ch-dpr': '2.625' }, { dpr: 2.625 }],
  [{ 'sec-ch-width': '600' }, { width: 600 }],
  [{ 'sec-ch-viewport-width': '1280' }, { viewportWidth: 1280 }],
  [{ 'sec-ch-dpr': 'two', 'sec-ch-width': '', 'sec-ch-viewport-width': '-' }, {}],
  [{ 'sec-ch-dpr': '0', 'sec-ch-width': '0' }, {}],
  // The names without the prefix are of a draft that no browser sends any more.
  [{ dpr: '2', width: '600', 'viewport-width': '1280' }, {}],
  // Kinds of device, as CloudFront writes them.
  [{ 'cloudfront-is-mobile-viewer': 'true' }, { deviceWidth: 640 }],
  [{ 'cloudfront-is-tablet-viewer': 'true' }, { deviceWidth: 1280 }],
  [{ 'cloudfront-is-desktop-viewer': 'true' }, { deviceWidth: 1920 }],
  [{ 'cloudfront-is-mobile-viewer': 'false', 'cloudfront-is-tablet-viewer': 'true' }, { deviceWidth: 1280 }],
  [{ 'cloudfront-is-mobile-viewer': 'true', 'cloudfront-is-tablet-viewer': 'true' }, { deviceWidth: 640 }],
  [{ 'cloudfront-is-mobile-viewer': '1' }, {}],
]

/** What a header may hold that is no size: nothing can be taken from it. */
const noSizes = ['0', '-0', '-600', '600px', 'NaN', 'auto']

suite('readViewer', () => {
  for (const [headers, told] of cases) {
    test(`reads ${JSON.stringify(told)} from ${JSON.stringify(headers)}`, () => {
      assert.deepEqual(
        readViewer((name) => headers[name] ?? ''),
        { ...nobody, ...told },
      )
    })
  }

  test('asks for lower-case names only', () => {
    const asked: string[] = []
    readViewer((name) => {
      asked.push(name)
      return ''
    })
    assert.ok(asked.length >= 8)
    assert.deepEqual(
      asked,
      asked.map((name) => name.toLowerCase()),
    )
  })

  for (const size of noSizes) {
    test(`takes a hint of ${size} as not sent`, () => {
      const hints = { 'sec-ch-width': size, 'sec-ch-viewport-width': size, 'sec-ch-dpr': size }
      assert.equal(
        canonicalOf('/x.jpg?w=auto&dpr=auto', viewerWith(hints)),
        canonicalOf('/x.jpg?w=auto&dpr=auto'),
      )
    })
  }
})

suite('a viewer that wishes fewer bytes', () => {
  const frugal = viewerWith({ 'save-data': 'on' })
  const qualities: readonly (readonly [query: string, canonical: string])[] = [
    ['', 'format=auto.avif&quality=low'],
    ['q=auto', 'format=auto.avif&quality=low'],
    ['q=low', 'format=auto.avif&quality=low'],
    ['q=high', 'format=auto.avif&quality=high'],
    ['q=100', 'format=auto.avif&quality=100'],
    ['f=jpeg', 'format=jpeg&quality=low'],
    ['f=png', 'format=png'],
  ]
  for (const [query, canonical] of qualities) {
    test(`${query || 'without quality'} is ${canonical}`, () => {
      assert.equal(canonicalOf(`/x.jpg?${query}`, frugal), `/x.jpg?rev=1&${canonical}`)
    })
  }
})

suite('a viewer that hints at nothing asked for', () => {
  test('changes no key', () => {
    const hints = {
      'sec-ch-dpr': '3',
      'sec-ch-width': '5000',
      'sec-ch-viewport-width': '300',
      'cloudfront-is-mobile-viewer': 'true',
      ect: '4g',
      'user-agent': 'x',
      cookie: 'width=80',
    }
    for (const query of ['', 'w=800', 'w=800&h=600&dpr=2', 'ar=16-9', 'w=100&ar=1-2&f=png']) {
      assert.equal(canonicalOf(`/x.jpg?${query}`, viewerWith(hints)), canonicalOf(`/x.jpg?${query}`))
    }
  })
})
