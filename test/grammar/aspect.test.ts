import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readValue } from '../../grammar/value-kinds.ts'

/** The kind of `aspect`. */
const aspect = 'W-H<=64'

const accepted: readonly (readonly [text: string, value: string])[] = [
  ['16-9', '16-9'],
  ['16:9', '16-9'],
  ['32-18', '16-9'],
  ['1-1', '1-1'],
  ['64:64', '1-1'],
  ['64-1', '64-1'],
  ['1-64', '1-64'],
  ['64-63', '64-63'],
  ['10-4', '5-2'],
  ['04-03', '4-3'],
]

const refused = ['', '-', '1', '1-', '-1', '0-1', '1-0', '00-1', '65-1', '1-65', '100-1', '1--1', '1-1-1']
const written = ['1.5-1', '1/1', '1x1', '1;1', ' 1-1', '1-1 ', '1-1\n', 'a-b', '1e1-1', '１-１']

suite('aspect', () => {
  for (const [text, value] of accepted) {
    test(`reads ${text} as ${value}`, () => assert.equal(readValue(aspect, text), value))
  }

  for (const text of [...refused, ...written]) {
    test(`refuses ${JSON.stringify(text)}`, () => assert.equal(readValue(aspect, text), undefined))
  }

  test('writes every ratio of whole sides in lowest terms', () => {
    for (let width = 1; width <= 64; width++) {
      for (let height = 1; height <= 64; height++) {
        const value = readValue(aspect, `${width}-${height}`)
        const [across = 0, down = 0] = String(value).split('-').map(Number)
        assert.equal(across * height, down * width, `${width}-${height} became ${value}`)
        for (let divisor = 2; divisor <= across; divisor++) {
          assert.ok(across % divisor || down % divisor, `${value} is not in lowest terms`)
        }
      }
    }
  })
})
