import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { maxSide } from '../../grammar/max-side.ts'
import { canonicalOf, readText, rejectionOf, viewerWith } from './url-outcome.ts'

type Headers = Record<string, string>

const mobile: Headers = { 'cloudfront-is-mobile-viewer': 'true' }
const tablet: Headers = { 'cloudfront-is-tablet-viewer': 'true' }
const dpr = (value: number | string): Headers => ({ 'sec-ch-dpr': String(value) })
const wide = (value: number): Headers => ({ 'sec-ch-width': String(value) })
const viewport = (value: number): Headers => ({ 'sec-ch-viewport-width': String(value) })

/** What comes out between revision and format. */
type Row = readonly [query: string, canonical: string, headers?: Headers]

const groups: Readonly<Record<string, readonly Row[]>> = {
  'an explicit dpr': [
    ['w=100', 'width=100'],
    ['w=100&dpr=1', 'width=100'],
    ['w=100&dpr=2', 'width=200'],
    ['w=100&h=50&dpr=3', 'width=300&height=150'],
    ['h=50&dpr=4', 'height=200'],
    // Half up, in hundredths: binary fractions make 172.49999999999997 of the first.
    ['w=150&dpr=1.15', 'width=173'],
    ['w=1&dpr=1.5', 'width=2'],
    ['w=3&dpr=1.5', 'width=5'],
    ['w=10&dpr=1.05', 'width=11'],
    ['w=10&dpr=1.04', 'width=10'],
    ['w=350&dpr=1.29', 'width=452'],
    ['h=35&dpr=1.1', 'height=39'],
    ['w=4096&dpr=2', 'width=8192'],
    ['w=2048&dpr=4&h=2048', 'width=8192&height=8192'],
    // What the viewer hints at does not matter to it.
    ['w=100&dpr=2', 'width=200', dpr(3)],
  ],
  'an aspect': [
    ['w=1600&ar=16-9', 'width=1600&height=900'],
    ['h=900&ar=16-9', 'width=1600&height=900'],
    ['w=1000&ar=16-9', 'width=1000&height=563'],
    ['h=333&ar=3-2', 'width=500&height=333'],
    ['w=1&ar=1-1', 'width=1&height=1'],
    // Half up.
    ['w=5&ar=2-1', 'width=5&height=3'],
    ['h=5&ar=1-2', 'width=3&height=5'],
    ['w=3&ar=2-3', 'width=3&height=5'],
    // Never nothing.
    ['w=1&ar=64-1', 'width=1&height=1'],
    ['h=1&ar=1-64', 'width=1&height=1'],
    // Of what dpr has multiplied and rounded already.
    ['w=150&dpr=1.15&ar=2-1', 'width=173&height=87'],
    ['h=100&dpr=2&ar=3-2', 'width=300&height=200'],
    // Alone it stays, in lowest terms, and hints do not touch it.
    ['ar=32-18', 'aspect=16-9'],
    ['ar=4:3', 'aspect=4-3', { ...dpr(3), ...wide(600) }],
    ['ar=4:3&dpr=auto', 'aspect=4-3', dpr(3)],
    // Of an automatic width.
    ['w=auto&ar=2-1', 'width=640&height=320', mobile],
    ['w=auto&ar=16-9', 'width=480&height=270', wide(400)],
    ['w=100&ar=2-1&dpr=auto', 'width=300&height=150', dpr(3)],
    ['h=101&ar=1-2&dpr=auto', 'width=76&height=152', dpr(1.5)],
    ['w=4096&ar=1-2', 'width=4096&height=8192'],
  ],
  'an automatic dpr': [
    ['w=100&dpr=auto', 'width=100'],
    ['w=100&dpr=auto', 'width=100', dpr(0.5)],
    ['w=100&dpr=auto', 'width=100', dpr(1)],
    ['w=100&dpr=auto', 'width=150', dpr(1.01)],
    ['w=100&dpr=auto', 'width=150', dpr(1.5)],
    ['w=100&dpr=auto', 'width=200', dpr(1.51)],
    ['w=100&dpr=auto', 'width=200', dpr('2.0')],
    ['w=100&dpr=auto', 'width=300', dpr(2.625)],
    ['w=100&dpr=auto', 'width=300', dpr(3)],
    ['w=100&dpr=auto', 'width=300', dpr(9)],
    ['w=100&dpr=auto', 'width=100', dpr('x')],
    ['w=101&h=51&dpr=auto', 'width=152&height=77', dpr(1.5)],
    ['dpr=auto', '', dpr(3)],
  ],
  'an automatic width': [
    ['w=auto', 'width=1920'],
    ['w=auto', 'width=1280', tablet],
    ['w=auto', 'width=640', mobile],
    // Up to the next step of the ladder, the last one at most.
    ['w=auto', 'width=160', wide(1)],
    ['w=auto', 'width=160', wide(160)],
    ['w=auto', 'width=320', wide(161)],
    ['w=auto', 'width=3840', wide(3840)],
    ['w=auto', 'width=3840', wide(3841)],
    ['w=auto', 'width=3840', wide(100_000)],
    // The width of its place goes before the viewport, that before the device.
    ['w=auto', 'width=480', { ...wide(400), ...viewport(1280), ...mobile }],
    ['w=auto', 'width=800', { ...viewport(700), ...mobile }],
    ['w=auto', 'width=640', { ...wide(0), ...mobile }],
    // The viewport is in CSS pixels, the others in device pixels already.
    ['w=auto', 'width=1600', { ...viewport(700), ...dpr(2) }],
    ['w=auto', 'width=2560', { ...viewport(700), ...dpr(2.5) }],
    ['w=auto&dpr=auto', 'width=1600', { ...viewport(700), ...dpr(2) }],
    ['w=auto&dpr=2', 'width=1600', { ...viewport(700), ...dpr(1) }],
    ['w=auto', 'width=480', { ...wide(400), ...dpr(3) }],
    ['w=auto&dpr=3', 'width=480', wide(400)],
    ['w=auto&dpr=3', 'width=640', mobile],
    // A height beside it is multiplied as ever.
    ['w=auto&h=100', 'width=480&height=100', wide(400)],
    ['w=auto&h=100', 'width=480&height=100', { ...wide(400), ...dpr(3) }],
    ['w=auto&h=100&dpr=2', 'width=480&height=200', wide(400)],
    ['w=auto&h=100&dpr=auto', 'width=480&height=150', { ...wide(400), ...dpr(1.4) }],
  ],
  'what only a hint makes too large': [
    ['w=8192&dpr=auto', 'width=8192', dpr(2)],
    ['w=8192&h=4096&dpr=auto', 'width=8192&height=4096', dpr(3)],
    ['w=4096&h=8192&dpr=auto', 'width=4096&height=8192', dpr(2)],
    ['h=5000&dpr=auto', 'height=8192', dpr(3)],
    ['w=8000&h=1&dpr=auto', 'width=8192&height=1', dpr(3)],
    ['w=auto&ar=1-64', 'width=128&height=8192', wide(3840)],
    ['w=auto&ar=1-3', 'width=2730&height=8192', wide(3840)],
    ['w=3000&ar=1-2&dpr=auto', 'width=4096&height=8192', dpr(3)],
    // Too large by what the URL says alone: still never an error, so that no URL is one for some viewers only.
    ['w=4097&ar=1-2&dpr=auto', 'width=4096&height=8192'],
    ['w=4097&ar=1-2&dpr=auto', 'width=4096&height=8192', dpr(3)],
    ['w=auto&h=5000&dpr=2', 'width=1572&height=8192'],
    ['w=auto&h=5000&dpr=2', 'width=524&height=8192', mobile],
    ['h=8192&ar=64-1&dpr=auto', 'width=8192&height=128', dpr(3)],
    // 1/49, and so any multiple of it, is a fraction that comes out just below.
    ['w=6272&dpr=auto', 'width=8192', dpr(2)],
  ],
}

for (const [name, rows] of Object.entries(groups)) {
  suite(name, () => {
    for (const [query, canonical, headers] of rows) {
      test(`${query}${headers ? ` with ${JSON.stringify(headers)}` : ''} is ${canonical || 'nothing'}`, () => {
        const wanted = `/x.jpg?rev=1&${canonical && `${canonical}&`}format=auto.avif`
        assert.equal(canonicalOf(`/x.jpg?${query}`, viewerWith(headers)), wanted)
      })
    }
  })
}

suite('resolveVariant', () => {
  const refused: readonly (readonly [query: string, code: string, parameter: string, received: string])[] = [
    ['w=1&h=1&ar=1-1', 'contradiction', 'aspect', 'both'],
    ['w=auto&h=1&ar=1-1', 'contradiction', 'aspect', 'both'],
    ['dpr=2', 'contradiction', 'dpr', ''],
    ['dpr=1', 'contradiction', 'dpr', ''],
    ['dpr=2&ar=1-1', 'contradiction', 'dpr', ''],
    ['w=4097&dpr=2', 'bad-value', 'width', '8194'],
    ['h=4097&dpr=2', 'bad-value', 'height', '8194'],
    ['w=1&h=8192&dpr=1.01', 'bad-value', 'height', '8274'],
    ['w=4097&ar=1-2', 'bad-value', 'height', '8194'],
    ['h=200&ar=64-1', 'bad-value', 'width', '12800'],
  ]
  for (const [query, code, parameter, received] of refused) {
    test(`refuses ${query}, whoever asks`, () => {
      for (const headers of [{}, mobile, { ...wide(100), ...dpr(3) }]) {
        const rejection = rejectionOf(`/x.jpg?${query}`, viewerWith(headers))
        assert.deepEqual(
          [rejection.code, rejection.parameter, rejection.received],
          [code, parameter, received],
        )
        if (code === 'bad-value') assert.equal(rejection.expected, 'up to 8192 with dpr')
      }
    })
  }

  for (const tag of ['hash', 'thumbhash', 'json', 'original', 'jpeg']) {
    test(`takes ${tag} for a format only where it is one`, () => {
      for (const behind of [`version=${tag}`, `lossless=1&version=${tag}`, `download=${tag}`]) {
        const canonical = `/x.jpg?rev=1&width=8&format=auto.avif&${behind}`
        assert.equal(canonicalOf(`/x.jpg?width=8&${behind}`), canonical)
      }
    })
  }

  for (const format of ['original', 'json', 'thumbhash', 'blurhash']) {
    test(`refuses another size beside format=${format}, and nothing that stands behind it`, () => {
      assert.equal(rejectionOf(`/x.jpg?w=8&f=${format}&version=1`).code, 'contradiction')
      assert.equal(canonicalOf(`/x.jpg?f=${format}&version=1`), `/x.jpg?rev=1&format=${format}&version=1`)
    })
  }

  test('refuses a lossless JPEG', () => {
    assert.equal(rejectionOf('/x.jpg?f=jpeg&q=70&lossless=1').code, 'contradiction')
  })

  for (const pixel of [
    'w=8',
    'w=auto',
    'h=8',
    'ar=4-3',
    'crop=1_1_5_5',
    'bg=fff',
    'w=8&dpr=2',
    'w=8&enlarge=1',
    'preset=card',
  ]) {
    test(`refuses format=original beside ${pixel}`, () => {
      assert.equal(rejectionOf(`/x.jpg?f=original&${pixel}`).code, 'contradiction')
    })
  }

  for (const pixel of ['width=8', 'height=8', 'aspect=4-3', 'crop=1_1_5_5', 'background=ffffff']) {
    test(`refuses a canonical URL of ${pixel} and format=original, which no request becomes`, () => {
      assert.ok(rejectionOf(`/x.jpg?rev=1&${pixel}&format=original`))
    })
  }

  test('caps at the limit itself, whatever the hint', () => {
    let capped = 0
    for (const hint of [1.5, 2, 3]) {
      const viewer = viewerWith(dpr(hint))
      for (let width = 2700; width <= maxSide; width++) {
        const made = readText(`/x.jpg?w=${width}&dpr=auto`, viewer).parameters.width
        const wanted = Math.min(maxSide, Math.round(width * hint))
        assert.equal(made, wanted, `width=${width} at a hint of ${hint}`)
        if (wanted < Math.round(width * hint)) capped++
      }
    }
    assert.ok(capped > 1000)
  })

  test('negotiates only what is left to it', () => {
    for (const format of ['avif', 'webp', 'jpeg', 'png']) {
      for (const accept of ['', 'image/webp', 'image/avif']) {
        assert.match(
          canonicalOf(`/x.jpg?f=${format}`, viewerWith({ accept })),
          new RegExp(`&format=${format}$`),
        )
      }
    }
    const negotiated = ['', 'image/webp', 'image/avif'].map((accept) =>
      canonicalOf('/x.jpg?f=auto', viewerWith({ accept })),
    )
    const expected = ['auto', 'auto.webp', 'auto.avif']
    assert.deepEqual(
      negotiated,
      expected.map((format) => `/x.jpg?rev=1&format=${format}`),
    )
  })
})
