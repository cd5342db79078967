import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { defaultSettings } from '../../grammar/default-settings.ts'
import { encodeTilde } from '../../grammar/escaping.ts'
import { arbitraryKey } from './arbitrary-request.ts'
import { arbitrarySpelling, spellUrl } from './arbitrary-spelling.ts'
import { decideUrl, signUrl, verdictOf } from './decision.ts'
import { checkRejection, rejectionOf, settings } from './url-outcome.ts'

const given: DecisionSettings = {
  ...settings,
  overlays: 'marks/',
  presets: { sold: { overlay: 'marks/sold.png', 'overlay-gravity': 'northeast', 'overlay-opacity': 60 } },
  access: [
    ['bounded/', 'bounded'],
    ['signed/', 'signed'],
    ['closed/', 'closed'],
    ['marks/', 'signed'],
    ['', 'open'],
  ],
}
const asked = { settings: given }

/** What of a query remains between revision and format. */
const written: readonly (readonly [query: string, canonical: string])[] = [
  ['overlay=marks/a.png', 'overlay=marks/a.png'],
  ['OVERLAY=marks/A.png', 'overlay=marks/A.png'],
  ['overlay=marks%2Fa.png', 'overlay=marks/a.png'],
  ['overlay=%6Darks/a.png', 'overlay=marks/a.png'],
  // One escape for every byte that is not safe, in whatever spelling it came.
  ['overlay=marks/a+b.png', 'overlay=marks/a~20b.png'],
  ['overlay=marks/a%20b.png', 'overlay=marks/a~20b.png'],
  ['overlay=marks/a%2Bb~.png', 'overlay=marks/a~2Bb~7E.png'],
  ['overlay=marks/caf%C3%A9.png', 'overlay=marks/caf~C3~A9.png'],
  ['overlay=marks/a%26width%3D9.png', 'overlay=marks/a~26width~3D9.png'],
  // In the order of the table.
  [
    'overlay-opacity=50&overlay-margin=2&overlay-gravity=se&overlay-width=20&overlay=marks/a.png&w=80',
    'width=80&overlay=marks/a.png&overlay-width=20&overlay-gravity=southeast&overlay-margin=2&overlay-opacity=50',
  ],
  ['overlay=marks/a.png&overlay-gravity=TILE', 'overlay=marks/a.png&overlay-gravity=tile'],
  ['overlay=marks/a.png&overlay-width=100', 'overlay=marks/a.png&overlay-width=100'],
  // Defaults.
  ['overlay=marks/a.png&overlay-opacity=100', 'overlay=marks/a.png'],
  ['overlay=marks/a.png&overlay-gravity=centre', 'overlay=marks/a.png'],
  ['overlay=marks/a.png&overlay-gravity=center&overlay-margin=50', 'overlay=marks/a.png&overlay-margin=50'],
  // Without an overlay there is nothing to say of it.
  ['overlay-width=20', ''],
  ['overlay-gravity=tile&overlay-margin=4&overlay-opacity=1&overlay-width=9', ''],
  ['w=80&overlay-gravity=centre', 'width=80'],
  ['w=80&overlay-opacity=100', 'width=80'],
  // A gravity of the picture's is another matter.
  ['w=8&h=8&g=n&overlay=marks/a.png', 'width=8&height=8&gravity=north&overlay=marks/a.png'],
  [
    'w=8&h=8&overlay=marks/a.png&overlay-gravity=n',
    'width=8&height=8&overlay=marks/a.png&overlay-gravity=north',
  ],
  // Presets, parameter by parameter.
  ['preset=sold', 'overlay=marks/sold.png&overlay-gravity=northeast&overlay-opacity=60'],
  ['preset=sold&overlay-opacity=100', 'overlay=marks/sold.png&overlay-gravity=northeast'],
  ['preset=sold&overlay=marks/new.png&overlay-gravity=centre', 'overlay=marks/new.png&overlay-opacity=60'],
]

suite('an overlay', () => {
  for (const [query, canonical] of written) {
    test(`of ${query} is written ${canonical || 'as none'}`, () => {
      const url = `/x.jpg?rev=1&${canonical && `${canonical}&`}format=auto.avif`
      assert.equal(verdictOf(`/x.jpg?${query}`, asked), url)
      assert.equal(verdictOf(url, asked), url)
    })
  }

  test('of any key has one spelling, and comes back as it was', () => {
    let seen = 0
    fc.assert(
      fc.property(arbitraryKey, arbitrarySpelling, (name, spelling) => {
        const overlay = `marks/${name}`
        const wish = { key: 'x.jpg', values: { overlay } }
        const verdict = verdictOf(spellUrl(wish, spelling), asked)
        if (new TextEncoder().encode(overlay).length > 1024) return
        seen++
        assert.equal(verdict, `/x.jpg?rev=1&overlay=${encodeTilde(overlay)}&format=auto.avif`)
        assert.equal(verdictOf(verdict, asked), verdict)
      }),
      { numRuns: 500 },
    )
    assert.ok(seen > 300, String(seen))
  })

  const badKeys = [
    '',
    '/',
    '/marks/a.png',
    'marks/',
    'marks//a.png',
    'marks/../private/a.png',
    'marks/%2e%2e/private/a.png',
    'marks%2f..%2fprivate%2fa.png',
    './marks/a.png',
    'marks/a%00.png',
    'marks/%2F',
    `marks/${'x'.repeat(1019)}`,
    `marks/${'%C3%A9'.repeat(510)}`,
  ]
  for (const overlay of badKeys) {
    test(`of ${overlay.slice(0, 40) || 'nothing'} is a bad key, and the answer names it`, () => {
      const { code, parameter, status } = checkRejection(
        decideUrl(`/x.jpg?overlay=${overlay}`, asked).refusal,
      )
      // No parameter's value holds a control character, whatever it means.
      if (code === 'bad-value') assert.match(overlay, /%00/)
      else assert.deepEqual([status, code, parameter], [400, 'bad-key', 'overlay'])
    })
  }

  test('of the longest key is one', () => {
    const overlay = `marks/${'x'.repeat(1018)}`
    assert.match(verdictOf(`/x.jpg?overlay=${overlay}`, asked), /^\/x\.jpg\?rev=1&overlay=marks\/x+&format/)
  })

  for (const format of ['original', 'json', 'thumbhash', 'blurhash']) {
    test(`contradicts format=${format}, and what is said of none does not`, () => {
      const { code, parameter } = rejectionOf(`/x.jpg?overlay=marks/a.png&format=${format}`)
      assert.deepEqual([code, parameter], ['contradiction', 'format'])
      assert.equal(
        verdictOf(`/x.jpg?overlay-width=20&format=${format}`, asked),
        `/x.jpg?rev=1&format=${format}`,
      )
    })
  }

  test('given twice is refused', () => {
    assert.equal(verdictOf('/x.jpg?overlay=marks/a.png&Overlay=marks/a.png', asked), 'refused: 400 repeated')
  })

  const uncanonical = [
    'overlay=marks~2Fa.png&format=auto',
    'overlay=marks%2Fa.png&format=auto',
    'overlay=marks/a~2Dpng&format=auto',
    'overlay=marks/a~c3~a9.png&format=auto',
    'overlay=marks/a b.png&format=auto',
    'overlay=marks/a.png&overlay-opacity=100&format=auto',
    'overlay=marks/a.png&overlay-gravity=centre&format=auto',
    'overlay=marks/a.png&overlay-gravity=n&format=auto',
    'overlay=marks/a.png&overlay-margin=2&overlay-width=2&format=auto',
    'overlay-width=20&format=auto',
    'format=auto&overlay=marks/a.png',
  ]
  for (const query of uncanonical) {
    test(`${query} is not canonical`, () =>
      assert.equal(verdictOf(`/x.jpg?rev=1&${query}`, asked), 'refused: 400 not-canonical'))
  }
})

/** Keys outside the prefix, as they are sent: none is reached by another spelling of it. */
const outside = [
  'a.png',
  'private/a.png',
  'closed/a.png',
  'mark/a.png',
  'marks',
  'marksa.png',
  'marks.png',
  'Marks/a.png',
  'MARKS/a.png',
  'x/marks/a.png',
  '%20marks/a.png',
  '+marks/a.png',
  'marks%5Ca.png',
  '%6D%61%72%6B%73',
  '%70rivate/a.png',
  'marks~2Fa.png',
  'marks%EF%BC%8Fa.png',
  'marks%252Fa.png',
]

suite('an overlay outside the prefix of the settings', () => {
  for (const overlay of outside) {
    test(`as ${overlay} is refused, signed or not, wherever the picture lies`, () => {
      for (const key of ['x.jpg', 'bounded/x.jpg', 'signed/x.jpg', 'closed/x.jpg']) {
        const url = `/${key}?overlay=${overlay}`
        for (const sent of [
          url,
          signUrl(url),
          `/?key=${key}&overlay=${overlay}`,
          `/${key}?w=80&OVERLAY=${overlay}`,
        ]) {
          const { status, code, parameter, expected } = checkRejection(decideUrl(sent, asked).refusal)
          assert.deepEqual([status, code, parameter, expected], [400, 'bad-value', 'overlay', 'marks/'], sent)
        }
      }
    })
  }

  for (const overlay of ['a.png', '~70rivate/a.png', 'private/a.png', 'Marks/a.png', 'mark~73.png']) {
    test(`as ${overlay} in a canonical URL is refused`, () => {
      const url = `/x.jpg?rev=1&overlay=${overlay}&format=auto`
      assert.equal(verdictOf(url, asked), 'refused: 400 bad-value')
      assert.equal(verdictOf(signUrl(url), asked), 'refused: 400 bad-value')
    })
  }

  test('is every one where the settings have no prefix', () => {
    const none = { ...given, overlays: defaultSettings.overlays, presets: {} }
    for (const overlay of ['marks/a.png', 'a.png', 'none', 'none/a.png']) {
      for (const url of [`/x.jpg?overlay=${overlay}`, `/x.jpg?rev=1&overlay=${overlay}&format=auto`]) {
        assert.equal(verdictOf(url, { settings: none }), 'refused: 400 bad-value', url)
        assert.equal(verdictOf(signUrl(url), { settings: none }), 'refused: 400 bad-value', url)
      }
    }
    // A key never begins with a slash.
    assert.equal(verdictOf('/x.jpg?overlay=/none', { settings: none }), 'refused: 400 bad-key')
  })
})

suite('without a signature', () => {
  test('an overlay is anyone’s where access is open', () => {
    assert.match(verdictOf('/x.jpg?overlay=marks/a.png', asked), /&overlay=marks/)
  })

  test('nobody names one where access is bounded, but a preset may', () => {
    for (const query of [
      'overlay=marks/a.png',
      'preset=sold&overlay=marks/a.png',
      'preset=sold&overlay-opacity=1',
    ]) {
      const { code, received } = checkRejection(decideUrl(`/bounded/x.jpg?${query}`, asked).refusal)
      assert.equal(code, 'needs-signature')
      assert.match(received, /^overlay/)
      assert.match(
        verdictOf(signUrl(`/bounded/x.jpg?${query}`, asked), asked),
        /&overlay=marks\/(a|sold)\.png&/,
      )
    }
    assert.equal(
      verdictOf('/bounded/x.jpg?preset=sold&w=300', asked),
      '/bounded/x.jpg?rev=1&width=320&overlay=marks/sold.png&overlay-gravity=northeast&overlay-opacity=60&format=auto.avif',
    )
  })

  test('what a preset becomes needs one, as a canonical URL that names the overlay', () => {
    const canonical = verdictOf('/bounded/x.jpg?preset=sold&w=300', asked)
    assert.equal(verdictOf(canonical, asked), 'refused: 403 needs-signature')
    assert.equal(verdictOf(signUrl(canonical), asked), canonical)
  })

  test('the rule of its own prefix does not matter to what is laid over another, only to itself', () => {
    assert.equal(verdictOf('/marks/a.png', asked), 'refused: 403 needs-signature')
    assert.match(verdictOf('/x.jpg?overlay=marks/a.png', asked), /&overlay=marks/)
  })

  test('a signature covers the overlay and what is said of it', () => {
    const url = signUrl('/signed/x.jpg?overlay=marks/a.png&overlay-width=20')
    assert.match(verdictOf(url, asked), /overlay=marks\/a\.png&overlay-width=20/)
    for (const changed of [
      url.replace('marks/a.png', 'marks/b.png'),
      url.replace('overlay-width=20', 'overlay-width=21'),
      url.replace('&overlay-width=20', ''),
      url.replace('overlay=marks/a.png&', ''),
      `${url}&overlay-opacity=50`,
      // Even what would be dropped.
      `${url}&overlay-opacity=100`,
    ]) {
      assert.equal(verdictOf(changed, asked), 'refused: 403 signature-wrong', changed)
    }
    assert.equal(verdictOf(url.replace('marks/a', '%6Darks%2Fa'), asked), verdictOf(url, asked))
  })
})
