import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import {
  decodePercent,
  decodeQueryText,
  decodeTilde,
  encodeTilde,
  lowerCaseAscii,
  undecodable,
} from '../../grammar/escaping.ts'

suite('encodeTilde', () => {
  test('lets A-Za-z0-9._-/ stand for themselves and writes every other ASCII character as ~XX', () => {
    for (let code = 0; code < 128; code++) {
      const character = String.fromCharCode(code)
      const escaped = `~${code.toString(16).toUpperCase().padStart(2, '0')}`
      assert.equal(encodeTilde(character), /[\w./-]/.test(character) ? character : escaped)
    }
  })

  test('is read back by decodeTilde, one text for one spelling', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (anyText) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: no name, value or key may hold them
        const text = anyText.replace(/[\0-\x1f\x7f]/g, '')
        const encoded = encodeTilde(text)
        assert.match(encoded, /^([\w./-]|~[\dA-F]{2})*$/)
        assert.equal(decodeTilde(encoded), text)
      }),
    )
  })
})

suite('decodePercent', () => {
  const cases: readonly (readonly [text: string, decoded: string])[] = [
    ['a%20b', 'a b'],
    ['a+b', 'a+b'],
    ['%25%32%30', '%20'],
    ['%e2%82%AC', '€'],
    ['', ''],
    ...['%', '%4', '%GG', '%C0%80', '%ED%A0%80', '%FF', 'ok%'].map((text) => [text, undecodable] as const),
  ]
  for (const [text, decoded] of cases) {
    test(`reads ${text || 'nothing'} as ${JSON.stringify(decoded)}`, () => {
      assert.equal(decodePercent(text), decoded)
    })
  }
})

suite('decodeQueryText', () => {
  test('reads + as a space and %2B as +', () => {
    assert.equal(decodeQueryText('a+b%2Bc+'), 'a b+c ')
  })
})

suite('lowerCaseAscii', () => {
  const cases: readonly (readonly [text: string, lowerCase: string])[] = [
    ['WiDTH', 'width'],
    ['16:9 ~', '16:9 ~'],
    ['É', 'É'],
    ['WIDTHÉ', 'WIDTHÉ'],
    ['\u212aEY', '\u212aEY'],
    ['\u0130', '\u0130'],
    ['A\0', 'a\0'],
  ]
  for (const [text, lowerCase] of cases) {
    test(`of ${JSON.stringify(text)} is ${JSON.stringify(lowerCase)}`, () => {
      assert.equal(lowerCaseAscii(text), lowerCase)
    })
  }
})
