import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { inspect } from 'node:util'
import { formatSignedText } from '../../grammar/signature.ts'
import type { ImageParameters } from '../../signer/image-parameters.ts'
import { askEdge, secret, testSigner } from './test-signer.ts'

const signer = testSigner()

/** The query of a signed URL up to its end. */
function namedPart(url: string): string {
  return url.replace(/^[^?]*\?/, '').replace(/&?exp=.*$/, '')
}

suite('signUrl', () => {
  test('writes parameters in the order of the table, then end, key id and signature', () => {
    const url = signer.signUrl('products/chair.jpg', { format: 'avif', width: 800, height: 600 })
    assert.match(
      url,
      /^https:\/\/img\.example\.com\/products\/chair\.jpg\?width=800&height=600&format=avif&exp=\d{10}&kid=k1&sig=[\w-]{43}$/,
    )
  })

  test('signs a key without parameters', () => {
    const url = signer.signUrl('a.jpg')
    assert.match(url, /^https:\/\/img\.example\.com\/a\.jpg\?exp=\d+&kid=k1&sig=[\w-]{43}$/)
    assert.equal(askEdge(url).refusal, undefined)
  })

  const spellings: [ImageParameters, string][] = [
    [{ width: 800, aspect: '16:9' }, 'width=800&aspect=16-9'],
    [{ width: 320, aspect: '32:18' }, 'width=320&aspect=16-9'],
    [
      { width: 8, height: 8, fit: 'pad', background: '#FFF' },
      'width=8&height=8&fit=contain&background=ffffff',
    ],
    [{ width: 8, height: 8, gravity: 'se' }, 'width=8&height=8&gravity=southeast'],
    [{ width: 8, height: 8, gravity: '0.30_0.7' }, 'width=8&height=8&gravity=0.30_0.70'],
    [{ crop: '0.25_0_0.5_1' }, 'crop=0.2500_0.0000_0.5000_1.0000'],
    [{ format: 'jpg', quality: 80 }, 'format=jpeg&quality=80'],
    [{ width: 'auto', dpr: 1.5 }, 'width=auto&dpr=1.5'],
    [{ preset: 'Card', version: 'V.1', embed: 'any' }, 'preset=card&version=V.1&embed=any'],
    [{ width: 800, height: undefined }, 'width=800'],
    [
      { overlay: 'marks/logo.png', 'overlay-gravity': 'se', 'overlay-opacity': 50 },
      'overlay=marks/logo.png&overlay-gravity=southeast&overlay-opacity=50',
    ],
    // As the path is: percent-encoded, a tilde as it is.
    [{ overlay: "marks/a b~é+%'&=.png" }, 'overlay=marks/a%20b~%C3%A9%2B%25%27%26%3D.png'],
  ]
  for (const [parameters, expected] of spellings) {
    test(`writes ${JSON.stringify(parameters)} as ${expected}`, () => {
      const url = signer.signUrl('a.jpg', parameters)
      assert.equal(namedPart(url), expected)
      assert.equal(askEdge(url).refusal, undefined)
    })
  }

  const wrong: [unknown, RegExp][] = [
    [{ width: 0 }, /^expected auto 1\.\.8192 for width but received 0$/],
    [{ width: 8193 }, /for width but received 8193$/],
    [{ width: 1.5 }, /for width but received 1\.5$/],
    [{ width: Number.NaN }, /for width but received NaN$/],
    [{ width: null }, /for width but received null$/],
    [{ width: [80] }, /for width but received a list$/],
    [{ width: true }, /for width but received true$/],
    [{ format: 'bmp' }, /^expected auto avif .* for format but received 'bmp'$/],
    [{ aspect: '16x9' }, /for aspect but received '16x9'$/],
    [{ preset: 'two words' }, /for preset but received 'two words'$/],
    [{ widht: 800 }, /^expected only width, height, .* for parameters but received 'widht'$/],
    [{ overlay: '' }, /^expected 1\.\.1024 bytes, .* for overlay but received ''$/],
    [{ overlay: '/a.png' }, /for overlay but received '\/a\.png'$/],
    [{ overlay: 'marks/../a.png' }, /for overlay but received/],
    [{ overlay: 'marks/\0.png' }, /for overlay but received/],
    [{ overlay: '\ud800' }, /well-formed Unicode for overlay/],
    [{ overlay: 5 }, /^expected a text for overlay but received 5$/],
    [{ 'overlay-width': 101 }, /^expected 1\.\.100 for overlay-width but received 101$/],
    [{ exp: '1' }, /for parameters but received 'exp'$/],
    [{ key: 'a.jpg' }, /for parameters but received 'key'$/],
    [{ constructor: 1 }, /for parameters but received 'constructor'$/],
  ]
  for (const [parameters, message] of wrong) {
    test(`refuses ${JSON.stringify(parameters)}, twice alike`, () => {
      for (let time = 0; time < 2; time++) {
        assert.throws(() => signer.signUrl('a.jpg', parameters as ImageParameters), {
          name: 'Error',
          message,
        })
      }
    })
  }

  for (const key of [
    '',
    '/a.jpg',
    'a//b.jpg',
    'a/../b.jpg',
    './a',
    'a/',
    'a\nb',
    'a\0',
    '\x7f',
    'a\ud800',
    'x'.repeat(1025),
    'é'.repeat(513),
  ]) {
    test(`refuses the key ${JSON.stringify(key).slice(0, 30)}`, () => {
      assert.throws(() => signer.signUrl(key), { message: /^expected .* for key but received '/s })
    })
  }

  for (const key of [
    'a b.jpg',
    'a+b~1.jpg',
    'café/100%.jpg',
    '%2F%41.jpg',
    "it's(1)*!.jpg",
    'a,b;c=d&e?f#g.jpg',
    '日/🦊"<>\\^`{|}.png',
    '~/.hidden/...',
    'x'.repeat(1024),
  ]) {
    test(`writes the key ${key.slice(0, 30)} so that no client changes it`, () => {
      const url = signer.signUrl(key, { width: 80 })
      assert.equal(new URL(url).href, url)
      assert.match(url, /^[\w.~\-/:?&=%]+$/)
      assert.equal(askEdge(url).refusal, undefined)
      assert.equal(askEdge(url).request?.key, key)
    })
  }

  test('signs the text of the grammar', () => {
    const { request } = askEdge(
      signer.signUrl('caf é/a~.jpg', { width: 80, preset: 'card', quality: 'high' }),
    )
    assert.ok(request)
    const exp = request.parameters.exp
    assert.equal(
      formatSignedText(request.key, request.parameters),
      `fovea1\ncaf~20~C3~A9/a~7E.jpg\nwidth=80&quality=high&preset=card\n${exp}\nk1`,
    )
  })

  for (const [what, sign, message] of [
    ['a slash before the key', () => signer.signUrl('/a.jpg'), /^expected no leading \/ for key but/],
    [
      'what is no name of a preset',
      () => signer.signUrl('a', { preset: 'a b' }),
      /a-z, 0-9 and - for preset/,
    ],
    ['a query', () => signer.signUrl('a', 'width=8' as never), /^expected an object for parameters but/],
    ['null', () => signer.signUrl('a', null as never), /^expected an object for parameters but/],
  ] as const) {
    test(`says what is wrong with ${what}`, () => {
      assert.throws(sign, { message })
    })
  }

  test('takes words of digits as numbers', () => {
    const numbers = signer.signUrl('a.jpg', { rotate: 90, greyscale: 1, animated: 0 })
    assert.equal(numbers, signer.signUrl('a.jpg', { rotate: '90', greyscale: '1', animated: '0' }))
  })

  test('remembers few values, and forgets them rightly', () => {
    for (let version = 0; version < 1200; version++) {
      const url = signer.signUrl('a.jpg', { version: `v${version}` })
      assert.ok(url.includes(`?version=v${version}&`), url)
    }
  })

  test('does not compile with what the language does not have', () => {
    const never = () => {
      // @ts-expect-error a typo
      signer.signUrl('a.jpg', { widht: 800 })
      // @ts-expect-error a width in words
      signer.signUrl('a.jpg', { width: 'wide' })
      // @ts-expect-error a format that there is not
      signer.signUrl('a.jpg', { format: 'bmp' })
      // @ts-expect-error a gravity that there is not
      signer.signUrl('a.jpg', { gravity: 'nroth' })
      // @ts-expect-error no right angle
      signer.signUrl('a.jpg', { rotate: 45 })
      // @ts-expect-error a number that is written otherwise
      signer.signUrl('a.jpg', { background: 0 })
      // @ts-expect-error no ratio
      signer.signUrl('a.jpg', { aspect: 'wide' })
      // @ts-expect-error what the signer writes
      signer.signUrl('a.jpg', { exp: '1' })
      // @ts-expect-error the key has its own place
      signer.signUrl('a.jpg', { key: 'b.jpg' })
      // @ts-expect-error a height would be the same for all widths
      signer.signUrls('a.jpg', { height: 80 }, { widths: [320] })
      // @ts-expect-error the densities are the dpr
      signer.signUrls('a.jpg', { width: 80, dpr: 2 }, { densities: [1, 2] })
    }
    assert.equal(typeof never, 'function')
  })
})

suite('createSigner', () => {
  for (const url of ['https://img.example.com/', 'http://localhost:8080', 'https://[::1]:8443']) {
    test(`takes the base URL ${url}`, () => {
      assert.ok(
        testSigner({ baseUrl: url })
          .signUrl('a')
          .startsWith(`${url.replace(/\/$/, '')}/a?`),
      )
    })
  }

  for (const url of [
    '',
    'img.example.com',
    'https://a.com/images',
    'https://a.com?x',
    'https://u:p@a.com',
    'ftp://a',
  ]) {
    test(`refuses the base URL '${url}'`, () => {
      assert.throws(() => testSigner({ baseUrl: url }), { message: /^expected https:\/\/HOST/ })
    })
  }

  for (const weak of [
    '',
    'hunter2',
    'x'.repeat(43),
    `${secret}!`,
    'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ',
  ]) {
    test(`refuses a secret of ${weak.length} characters without a word of it`, () => {
      assert.throws(
        () => testSigner({ secret: weak }),
        ({ code, message }) => code === 'weak-secret' && (weak === '' || !message.includes(weak)),
      )
    })
  }

  test('refuses variables of the environment that are not set', () => {
    const unset: string | undefined = process.env.FOVEA_TEST_IS_NOT_SET
    assert.throws(() => testSigner({ secret: unset as string }), { code: 'weak-secret' })
    assert.throws(() => testSigner({ kid: unset as string }), { code: 'bad-kid' })
    assert.throws(() => testSigner({ baseUrl: unset as string }), { message: /for baseUrl but/ })
  })

  test('refuses a key id that is none, and says nothing of one that may be a secret', () => {
    assert.throws(() => testSigner({ kid: 'K' }), { code: 'bad-kid' })
    assert.throws(
      () => testSigner({ kid: secret }),
      ({ code, message }) => code === 'bad-kid' && !message.includes(secret),
    )
  })

  test('holds no secret that inspection would show', () => {
    assert.ok(!inspect(testSigner(), { depth: 9, showHidden: true }).includes(secret))
  })
})
