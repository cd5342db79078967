import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readFocalPoint } from '../../../transformer/original/focal-point.ts'

const rows: readonly (readonly [text: string, point: string | undefined])[] = [
  ['0.3_0.75', '0.3_0.75'],
  ['0.3,0.75', '0.3_0.75'],
  [' .3 , .75 ', '0.3_0.75'],
  ['0_1', '0_1'],
  ['1.0_0.0', '1_0'],
  ['0.123456_0.99999', '0.1235_1'],
  ['0.00001_1', '0_1'],
  ['', undefined],
  ['0.3', undefined],
  ['0.3_', undefined],
  ['_0.3', undefined],
  ['0.3_0.75_1', undefined],
  ['0.3 0.75', undefined],
  ['1.01_0', undefined],
  ['-0.1_0', undefined],
  ['2_0', undefined],
  ['1e-3_0', undefined],
  ['0x1_0', undefined],
  ['NaN_0', undefined],
  ['30%_75%', undefined],
  ['north', undefined],
  ['__proto__', undefined],
]

suite('readFocalPoint', () => {
  for (const [text, point] of rows) {
    test(`reads "${text}" as ${point ?? 'none'}`, () => assert.equal(readFocalPoint(text), point))
  }

  test('is done at once with a long text', () => {
    assert.equal(readFocalPoint(`0.${'3'.repeat(1_000_000)}x_0`), undefined)
  })
})
