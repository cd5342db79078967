import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readValue } from '../../grammar/value-kinds.ts'
import { kindOf } from './arbitrary-request.ts'

/** A kind that lists words before its reader. */
const gravity = kindOf('gravity')

const grid = [
  ['northwest', 'north', 'northeast'],
  ['west', 'centre', 'east'],
  ['southwest', 'south', 'southeast'],
] as const

suite('gravity', () => {
  grid.forEach((row, down) => {
    row.forEach((name, across) => {
      test(`reads ${across / 2}_${down / 2} as ${name}`, () => {
        assert.equal(readValue(gravity, `${across / 2}_${down / 2}`), name)
        assert.equal(readValue(gravity, `${(across / 2).toFixed(2)}_${(down / 2).toFixed(2)}`), name)
      })
    })
  })

  test('reads every focal point of two decimals as what it reads as itself', () => {
    let points = 0
    for (let x = 0; x <= 100; x++) {
      for (let y = 0; y <= 100; y++) {
        const value = String(readValue(gravity, `${(x / 100).toFixed(2)}_${(y / 100).toFixed(2)}`))
        assert.equal(readValue(gravity, value), value)
        if (value.includes('_')) points++
      }
    }
    assert.equal(points, 101 * 101 - 9)
  })

  for (const text of ['0.001_0', '0.504_0.5', '0.999_0.3', '0.996_0.996', '0.495_0.505', '0.30000001_0.1']) {
    test(`reads ${text} as nothing, or as what it reads as itself`, () => {
      const value = readValue(gravity, text)
      if (value !== undefined) assert.equal(readValue(gravity, String(value)), value)
    })
  }

  for (const text of [
    '_',
    '._.',
    '0.5',
    '0.5_',
    '_0.5',
    '1.01_0',
    '0_2',
    '-0.1_0',
    '0_0_0',
    '0,5_0',
    '0.5_0.5\n',
  ]) {
    test(`refuses ${JSON.stringify(text)}`, () => assert.equal(readValue(gravity, text), undefined))
  }
})
