import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { findLeast, measureGrowth } from '../../../bench/leak/windows.ts'

suite('measureGrowth', () => {
  test('is 0 of what stays', () => {
    assert.equal(measureGrowth(Array.from({ length: 15 }, () => 170)), 0)
  })

  test('is what the least of the second half has above the least of the first', () => {
    const growing = Array.from({ length: 10 }, (_, window) => 100 + 2 * window)
    assert.ok(Math.abs(measureGrowth(growing) - 0.1) < 1e-9)
  })

  test('is not changed by what comes and goes', () => {
    assert.ok(Math.abs(measureGrowth([118, 128, 128, 131, 143, 143, 145, 145, 121, 124]) - 3 / 118) < 1e-9)
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
