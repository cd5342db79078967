import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readValue, type ValueKind } from '../../grammar/value-kinds.ts'

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
  // A shape is read by its reader, wherever it stands.
  ['TAG<=32', 'aB', 'aB'],
  ['TAG<=32', 'a b', undefined],
  ['auto TAG<=32', 'AUTO', 'auto'],
  ['auto TAG<=32', 'aB', 'aB'],
  ['TEXT', 'a B\u00e9', 'a B\u00e9'],
  ['TEXT', '', ''],
  ['hex', '#FFF', 'ffffff'],
  ['ffffff=white hex', 'White', 'ffffff'],
  // Neither is what it is named by.
  ['W-H<=64', 'W-H<=64', undefined],
  ['hex', 'hex', undefined],
  // No parameter, so no words: nothing but nothing.
  ['', 'x', undefined],
]

suite('readValue', () => {
  for (const [kind, text, value] of cases) {
    test(`reads ${JSON.stringify(text)} of ${kind} as ${value}`, () => {
      assert.equal(readValue(kind, text), value)
    })
  }
})
