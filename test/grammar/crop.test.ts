import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readValue } from '../../grammar/value-kinds.ts'
import { canonicalOf } from './url-outcome.ts'

/** The kind of `crop`. */
const crop = 'L_T_W_H'

const accepted: readonly (readonly [text: string, value: string])[] = [
  ['0_0_1_1', '0_0_1_1'],
  ['100_050_800_600', '100_50_800_600'],
  ['0_0_65535_65535', '0_0_65535_65535'],
  ['0.0_0_1_1', '0.0000_0.0000_1.0000_1.0000'],
  ['.25_0_.5_1', '0.2500_0.0000_0.5000_1.0000'],
  ['0.1_0.1_0.9_0.9', '0.1000_0.1000_0.9000_0.9000'],
  ['0.3333_0_0.6667_1', '0.3333_0.0000_0.6667_1.0000'],
]

const refused: readonly string[] = [
  ...[
    '',
    '_',
    '___',
    '0_0_1',
    '0_0_1_1_1',
    '0_0_0_1',
    '0_0_1_0',
    '0_0_0.0_1',
    '-1_0_1_1',
    '0,0,1,1',
    '0_0_1e1_1',
  ],
  ...[
    '0.5_0_0.6_1',
    '0_0.5_1_0.6',
    '0_0_1.1_1',
    '0_0_2_0.5',
    '1_0_0.5_1',
    '0._._1_1',
    '0.0.0_0_1_1',
    '0_0_1_1\n',
  ],
  ...['a_0_1_1', ' 0_0_1_1', '99999999999_0_1_1'],
]

suite('crop', () => {
  for (const [text, value] of accepted) {
    test(`reads ${text} as ${value}`, () => assert.equal(readValue(crop, text), value))
  }

  for (const text of refused) {
    test(`refuses ${JSON.stringify(text)}`, () => assert.equal(readValue(crop, text), undefined))
  }

  // What is written is read again by the transformer: where rounding leaves no box, there is none to begin with.
  for (const text of ['0_0_0.00004_1', '0.00005_0_0.99999_1', '0_0_1_0.00001', '0.99996_0_0.00004_1']) {
    test(`reads ${text} as nothing, or as what it reads as itself`, () => {
      const value = readValue(crop, text)
      if (value !== undefined) assert.equal(readValue(crop, String(value)), value)
    })
  }

  for (const box of [
    '0_0_100_100',
    '0_0_10_10',
    '0_0_110_100',
    '0_0_1_1',
    '0.0_0.0_1.0_0.9999',
    '0.0_0.0_0.1_1.0',
  ]) {
    test(`${box} stays in the canonical URL: it is not the whole picture`, () => {
      assert.equal(
        canonicalOf(`/x.jpg?crop=${box}`),
        `/x.jpg?rev=1&crop=${readValue(crop, box)}&format=auto.avif`,
      )
    })
  }

  for (const box of ['0.0_0_1_1', '0_0_1.0_1', '0_0_1_1.0000']) {
    test(`${box} is the whole picture, and dropped`, () => {
      assert.equal(canonicalOf(`/x.jpg?crop=${box}`), '/x.jpg?rev=1&format=auto.avif')
    })
  }
})
