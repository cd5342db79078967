import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { findLeast, measureGrowth } from '../../../bench/leak/windows.ts'

suite('measureGrowth', () => {
  test('is 0 of what stays', () => {
    assert.equal(measureGrowth(Array.from({ length: 15 }, () => 170)), 0)
  })

  test('is the whole growth as a share of the middle', () => {
    const growing = Array.from({ length: 11 }, (_, window) => 100 + 2 * window)
    assert.ok(Math.abs(measureGrowth(growing) - 20 / 110) < 1e-9)
  })

  test('is not changed by a few outliers', () => {
    const steady = Array.from({ length: 15 }, (_, window) => (window === 4 || window === 13 ? 400 : 170))
    assert.equal(measureGrowth(steady), 0)
  })

  test('is negative of what shrinks', () => {
    assert.ok(measureGrowth([180, 175, 170, 165]) < 0)
  })
})

suite('findLeast', () => {
  test('takes each kind by itself', () => {
    const one = { resident: 100, renderer: 70, heap: 9, external: 3 }
    const other = { resident: 90, renderer: 80, heap: 10, external: 2 }
    assert.deepEqual(findLeast([one, other]), { resident: 90, renderer: 70, heap: 9, external: 2 })
  })
})
