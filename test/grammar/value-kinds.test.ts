import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { expectKind, readValue, token, type ValueKind } from '../../grammar/value-kinds.ts'

type Case = readonly [kind: ValueKind, text: string, value: string | number | undefined]

const cases: readonly Case[] = [
  ['low', 'low', 'low'],
  ['low', 'LOW', 'low'],
  ['low', 'lo', undefined],
  ['low', 'lower', undefined],
  ['low high', 'high', 'high'],
  ['low high', 'low high', undefined],
  ['inside=clip=max', 'inside', 'inside'],
  ['inside=clip=max', 'max', 'inside'],
  ['inside=clip=max', 'inside=clip', undefined],
  ['inside=clip=max', '', undefined],
  ['1..100', '1', 1],
  ['1..100', '100', 100],
  ['1..100', '0', undefined],
  ['1..100', '101', undefined],
  ['1..100', '007', 7],
  ['1..100', '1..100', undefined],
  ['1..100', '5.0', undefined],
  ['0..100', '0', 0],
  ['0..100', '-0', undefined],
  ['1..4.00', '1.25', 1.25],
  ['1..4.00', '1.2', 1.2],
  ['1..4.00', '4', 4],
  ['1..4.00', '4.01', undefined],
  ['1..4.00', '0.99', undefined],
  ['1..4.00', '1.255', undefined],
  ['auto 1..100', 'auto', 'auto'],
  ['auto 1..100', '50', 50],
  // U+212A is a k in lower case, U+0130 an i in some engines.
  ['k', '\u212a', undefined],
  ['i', '\u0130', undefined],
  [token(/^[a-z]+$/i, 'letters'), 'aB', 'aB'],
  [token(/^[a-z]+$/i, 'letters'), 'a1', undefined],
]

suite('readValue', () => {
  for (const [kind, text, value] of cases) {
    test(`reads ${JSON.stringify(text)} of ${expectKind(kind)} as ${value}`, () => {
      assert.equal(readValue(kind, text), value)
    })
  }
})

suite('expectKind', () => {
  test('lists a closed set without its other spellings', () => {
    assert.equal(expectKind('auto inside=clip=max cover=crop 1..8192'), 'auto, inside, cover, 1..8192')
  })

  test('gives the words of a reader', () => {
    assert.equal(expectKind(token(/^x$/, 'an x')), 'an x')
  })
})
