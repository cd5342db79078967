import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { planGeometry } from '../../../transformer/plan/geometry.ts'

/** 600 × 400 into boxes that leave 101 pixels of width, or 51 of height, to give away. */
const gravities: readonly (readonly [string, across: number, down: number])[] = [
  ['northwest', 0, 0],
  ['north', 0.5, 0],
  ['northeast', 1, 0],
  ['west', 0, 0.5],
  ['centre', 0.5, 0.5],
  ['east', 1, 0.5],
  ['southwest', 0, 1],
  ['south', 0.5, 1],
  ['southeast', 1, 1],
]

suite('planGeometry places by gravity', () => {
  for (const [gravity, across, down] of gravities) {
    test(`a crop of the width to the ${gravity}`, () => {
      const { crop } = planGeometry({ width: 600, height: 400 }, { width: 499, height: 400, gravity }, false)
      assert.deepEqual(crop, { left: Math.round(101 * across), top: 0, width: 499, height: 400 })
    })
    test(`a crop of the height to the ${gravity}`, () => {
      const { crop } = planGeometry({ width: 600, height: 400 }, { width: 600, height: 349, gravity }, false)
      assert.deepEqual(crop, { left: 0, top: Math.round(51 * down), width: 600, height: 349 })
    })
    test(`margins of contain to the ${gravity}`, () => {
      const wide = planGeometry(
        { width: 600, height: 400 },
        { width: 701, height: 400, fit: 'contain', gravity },
        false,
      )
      const left = Math.round(101 * across)
      assert.deepEqual(wide.margin, { left, top: 0, right: 101 - left, bottom: 0 })
      const high = planGeometry(
        { width: 600, height: 400 },
        { width: 600, height: 451, fit: 'contain', gravity },
        false,
      )
      const top = Math.round(51 * down)
      assert.deepEqual(high.margin, { left: 0, top, right: 0, bottom: 51 - top })
    })
  }

  // The middle of the window is where the point is, as far as the picture goes.
  const focal: readonly (readonly [string, number])[] = [
    ['0.00_0.50', 0],
    ['0.25_0.50', 50],
    ['0.30_0.90', 80],
    ['0.50_0.00', 200],
    ['0.75_0.00', 350],
    ['0.90_0.10', 400],
    ['1.00_1.00', 400],
  ]
  for (const [gravity, left] of focal) {
    test(`a crop around ${gravity}`, () => {
      const { crop } = planGeometry({ width: 600, height: 400 }, { width: 200, height: 400, gravity }, false)
      assert.deepEqual(crop, { left, top: 0, width: 200, height: 400 })
    })
  }

  for (const strategy of ['attention', 'entropy'] as const) {
    test(`a crop of the size asked, where ${strategy} finds it`, () => {
      const given = { width: 100, height: 100, gravity: strategy }
      const { crop, output } = planGeometry({ width: 600, height: 400 }, given, false)
      assert.deepEqual(crop, { strategy, width: 100, height: 100 })
      assert.deepEqual(output, { width: 100, height: 100 })
    })
  }
})
