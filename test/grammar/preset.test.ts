import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { parseRequest } from '../../grammar/request.ts'
import { formatSignedText } from '../../grammar/signature.ts'
import { decideUrl, signUrl, verdictOf } from './decision.ts'
import { checkRejection, settings } from './url-outcome.ts'

const given: DecisionSettings = {
  ...settings,
  presets: {
    card: { width: 300, height: 250 },
    wide: { aspect: '16-9', quality: 'high' },
    face: { crop: '0.2500_0.0000_0.5000_0.5000', gravity: 'attention', width: 200, height: 200 },
    auto: { width: 'auto', dpr: 'auto', format: 'webp' },
    still: { page: 0, enlarge: '1', background: 'ffffff', fit: 'contain' },
    nothing: {},
  },
}

/** What of a query remains between revision and format. */
const expanded: readonly (readonly [query: string, canonical: string])[] = [
  ['preset=card', 'width=300&height=250&format=auto.avif'],
  ['PRESET=CARD', 'width=300&height=250&format=auto.avif'],
  ['preset=wide', 'aspect=16-9&format=auto.avif&quality=high'],
  ['preset=wide&w=1600', 'width=1600&height=900&format=auto.avif&quality=high'],
  ['preset=face', 'width=200&height=200&gravity=attention&crop=0.2500_0.0000_0.5000_0.5000&format=auto.avif'],
  ['preset=auto', 'width=1920&format=webp'],
  ['preset=nothing', 'format=auto.avif'],
  // What has no effect is dropped, whoever said it.
  ['preset=still', 'background=ffffff&format=auto.avif&animated=0'],
  [
    'preset=still&w=8&h=6',
    'width=8&height=6&fit=contain&enlarge=1&background=ffffff&format=auto.avif&animated=0',
  ],
  ['preset=still&page=2', 'background=ffffff&format=auto.avif&page=2'],
  // The request goes before it, parameter by parameter, also with a default.
  ['preset=card&w=100', 'width=100&height=250&format=auto.avif'],
  ['h=1&preset=card&w=1', 'width=1&height=1&format=auto.avif'],
  ['preset=card&dpr=2', 'width=600&height=500&format=auto.avif'],
  ['preset=wide&q=auto', 'aspect=16-9&format=auto.avif'],
  ['preset=wide&ar=1-1', 'aspect=1-1&format=auto.avif&quality=high'],
  ['preset=auto&f=auto', 'width=1920&format=auto.avif'],
  ['preset=auto&w=10&dpr=1', 'width=10&format=webp'],
  ['preset=still&bg=0000', 'format=auto.avif&animated=0'],
]

suite('preset', () => {
  for (const [query, canonical] of expanded) {
    test(`${query} is ${canonical}`, () => {
      assert.equal(verdictOf(`/x.jpg?${query}`, { settings: given }), `/x.jpg?rev=1&${canonical}`)
    })
  }

  const refused: readonly (readonly [query: string, code: string, parameter: string])[] = [
    ['preset=', 'bad-value', 'preset'],
    ['preset=cards', 'bad-value', 'preset'],
    ['preset=card,wide', 'bad-value', 'preset'],
    ['preset=card%20wide', 'bad-value', 'preset'],
    ['preset=__proto__', 'bad-value', 'preset'],
    ['preset=constructor', 'bad-value', 'preset'],
    ['preset=toString', 'bad-value', 'preset'],
    ['preset=card&preset=card', 'repeated', 'preset'],
    ['preset=card&ar=1-1', 'contradiction', 'aspect'],
    ['preset=wide&w=1&h=1', 'contradiction', 'aspect'],
    ['preset=nothing&dpr=2', 'contradiction', 'dpr'],
    ['preset=card&f=original', 'contradiction', 'format'],
    ['preset=card&dpr=4&w=4096', 'bad-value', 'width'],
  ]
  for (const [query, code, parameter] of refused) {
    test(`${query} is refused as ${code}`, () => {
      const rejection = checkRejection(decideUrl(`/x.jpg?${query}`, { settings: given }).refusal)
      assert.deepEqual([rejection.status, rejection.code, rejection.parameter], [400, code, parameter])
    })
  }

  test('of an unknown name is answered with the names that there are', () => {
    const rejection = checkRejection(decideUrl('/x.jpg?preset=Hero', { settings: given }).refusal)
    assert.deepEqual(rejection, {
      status: 400,
      code: 'bad-value',
      parameter: 'preset',
      expected: 'card wide face auto still nothing',
      received: 'Hero',
    })
  })

  test('of any name is unknown where the settings have none', () => {
    const none = { ...given, presets: {} }
    for (const name of ['card', 'constructor', 'hex', 'TEXT', '1']) {
      assert.equal(verdictOf(`/x.jpg?preset=${name}`, { settings: none }), 'refused: 400 bad-value')
    }
  })

  test('never reaches a canonical URL, and is none', () => {
    assert.doesNotMatch(verdictOf('/x.jpg?preset=card', { settings: given }), /preset/)
    for (const query of ['rev=1&preset=nothing&format=auto', 'rev=1&format=auto&preset=nothing']) {
      assert.equal(verdictOf(`/x.jpg?${query}`, { settings: given }), 'refused: 400 not-canonical')
    }
  })

  test('is signed as it is named, so that what it stands for may change', () => {
    const { key, parameters } = parseRequest('/x.jpg', 'q=80&preset=Card', 'card wide')
    assert.equal(
      formatSignedText(key, { ...parameters, exp: '5', kid: 'a' }),
      'fovea1\nx.jpg\nquality=80&preset=card\n5\na',
    )
    const url = signUrl('/x.jpg?preset=card')
    const signed: DecisionSettings = { ...given, access: [['', 'signed']] }
    const larger: DecisionSettings = { ...signed, presets: { card: { width: 900 } } }
    assert.match(verdictOf(url, { settings: signed }), /width=300&height=250/)
    assert.match(verdictOf(url, { settings: larger }), /width=900&format/)
    assert.equal(
      verdictOf(url.replace('preset=card', 'width=300&height=250'), { settings: signed }),
      'refused: 403 signature-wrong',
    )
    const gone = { ...signed, presets: {} }
    assert.equal(verdictOf(url, { settings: gone }), 'refused: 400 bad-value')
  })
})
