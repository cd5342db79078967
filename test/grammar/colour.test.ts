import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readValue } from '../../grammar/value-kinds.ts'
import { kindOf } from './arbitrary-request.ts'

/** A kind that lists words before its reader. */
const colour = kindOf('background')

const accepted: readonly (readonly [text: string, value: string])[] = [
  ['fff', 'ffffff'],
  ['#fff', 'ffffff'],
  ['#FFF', 'ffffff'],
  ['1a2', '11aa22'],
  ['1a2b', '11aa22bb'],
  ['#1a2b', '11aa22bb'],
  ['1a2f', '11aa22'],
  ['1a20', '00000000'],
  ['1A2B3C', '1a2b3c'],
  ['#1a2b3c', '1a2b3c'],
  ['1a2b3c4d', '1a2b3c4d'],
  ['#1a2b3c4d', '1a2b3c4d'],
  ['1a2b3cff', '1a2b3c'],
  ['1a2b3cFF', '1a2b3c'],
  ['1a2b3c00', '00000000'],
  ['00000000', '00000000'],
  ['000000ff', '000000'],
  ['black', '000000'],
  ['white', 'ffffff'],
  ['transparent', '00000000'],
  ['Transparent', '00000000'],
  ['BLACK', '000000'],
]

const refused: readonly string[] = [
  ...['', '#', 'f', 'ff', '#ff', 'fffff', '#fffff', 'fffffff', 'fffffffff'],
  ...['##fff', '##ffffff', '#black', '#transparent', 'blackened', 'red', 'fffg', 'ggg', '12345z'],
  ...['0xfff', 'rgb(1,2,3)', ' fff', 'fff ', 'fff\n', '\u{1f600}f', '１２３'],
  // A hash sign is a prefix and nothing else.
  ...['fff#', 'ffffff#', 'f#fffff', 'ffff#fff', '00000#0'],
]

suite('colour', () => {
  for (const [text, value] of accepted) {
    test(`reads ${text} as ${value}`, () => assert.equal(readValue(colour, text), value))
  }

  for (const text of refused) {
    test(`refuses ${JSON.stringify(text)}`, () => assert.equal(readValue(colour, text), undefined))
  }

  test('reads what it wrote as the same', () => {
    for (const [, value] of accepted) assert.equal(readValue(colour, value), value)
  })
})
