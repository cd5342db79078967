import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { readValue } from '../../../grammar/value-kinds.ts'
import { planRegion } from '../../../transformer/plan/region.ts'
import { TransformError } from '../../../transformer/transform-error.ts'

const source = { width: 600, height: 400 }

const planned: readonly (readonly [crop: string, region: string])[] = [
  ['0_0_600_400', '0,0 600×400'],
  ['10_20_30_40', '10,20 30×40'],
  ['599_399_1_1', '599,399 1×1'],
  ['0.2500_0.0000_0.5000_1.0000', '150,0 300×400'],
  ['0.0000_0.0000_0.3333_1.0000', '0,0 200×400'],
  ['0.3333_0.0000_0.3333_1.0000', '200,0 200×400'],
  // What rounds to nothing is one pixel, within the picture.
  ['0.0000_0.0000_0.0001_0.0001', '0,0 1×1'],
  ['0.9999_0.9999_0.0001_0.0001', '599,399 1×1'],
]

const outside = ['0_0_601_400', '0_0_600_401', '600_0_1_1', '1_0_600_400', '65535_65535_1_1']

suite('planRegion', () => {
  for (const [text, region] of planned) {
    test(`${text} of 600×400 is ${region}`, () => {
      const { left, top, width, height } = planRegion(text, source)
      assert.equal(`${left},${top} ${width}×${height}`, region)
    })
  }

  for (const text of outside) {
    test(`${text} lies outside 600×400`, () => {
      assert.throws(
        () => planRegion(text, source),
        (error: unknown) => error instanceof TransformError && error.problem.code === 'outside',
      )
    })
  }

  test('gives shares of any picture a region of whole pixels within it', () => {
    const share = fc.integer({ min: 0, max: 10_000 }).map((each) => (each / 10_000).toFixed(4))
    const length = fc.integer({ min: 1, max: 10_000 })
    let seen = 0
    fc.assert(
      fc.property(share, share, share, share, length, length, (left, top, across, down, width, height) => {
        const text = readValue('L_T_W_H', `${left}_${top}_${across}_${down}`)
        if (text === undefined) return
        seen++
        const region = planRegion(String(text), { width, height })
        assert.ok(Object.values(region).every(Number.isInteger), JSON.stringify(region))
        assert.ok(
          region.left >= 0 && region.width >= 1 && region.left + region.width <= width,
          JSON.stringify(region),
        )
        assert.ok(
          region.top >= 0 && region.height >= 1 && region.top + region.height <= height,
          JSON.stringify(region),
        )
      }),
      { numRuns: 2000 },
    )
    assert.ok(seen > 100)
  })
})
