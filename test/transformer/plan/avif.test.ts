import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { planAvif } from '../../../transformer/plan/avif.ts'

const pixels = fc.integer({ min: 1, max: 40_000_000 })
const detail = fc.double({ min: 0, max: 24, noNaN: true })

/** Rises with the time that is taken. */
function rankEffort({ effort = 0, bitdepth }: ReturnType<typeof planAvif>): number {
  return effort * 2 + (bitdepth === 10 ? 1 : 0)
}

suite('planAvif', () => {
  test('never makes more effort for more detail', () => {
    fc.assert(
      fc.property(pixels, detail, detail, (size, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        assert.ok(rankEffort(planAvif(50, size, more)) <= rankEffort(planAvif(50, size, less)))
      }),
    )
  })

  test('never makes more effort for more pixels', () => {
    fc.assert(
      fc.property(pixels, pixels, detail, (one, other, much) => {
        const [fewer, more] = [Math.min(one, other), Math.max(one, other)]
        assert.ok(rankEffort(planAvif(50, more, much)) <= rankEffort(planAvif(50, fewer, much)))
      }),
    )
  })

  test('keeps the quality and leaves nothing to the defaults of sharp', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), pixels, detail, (quality, size, much) => {
        const options = planAvif(quality, size, much)
        assert.equal(options.quality, quality)
        assert.ok(Object.values(options).every((value) => value !== undefined))
        assert.deepEqual(Object.keys(options).sort(), ['bitdepth', 'chromaSubsampling', 'effort', 'quality'])
      }),
    )
  })

  const rows: readonly (readonly [pixels: number, detail: number, effort: number, bitdepth: number])[] = [
    [100_000, 1, 3, 10],
    [100_000, 3, 1, 10],
    [500_000, 0.3, 3, 10],
    [500_000, 0.9, 3, 8],
    [500_000, 1.3, 1, 10],
    [500_000, 2, 1, 8],
    [2_000_000, 0.3, 3, 10],
    [2_000_000, 0.9, 1, 10],
    [20_000_000, 0.3, 0, 8],
  ]
  for (const [size, much, effort, bitdepth] of rows) {
    test(`makes effort ${effort} of ${bitdepth} bits for ${size} pixels of detail ${much}`, () => {
      const options = planAvif(50, size, much)
      assert.deepEqual([options.effort, options.bitdepth], [effort, bitdepth])
    })
  }

  test('takes what was not looked at for a photograph', () => {
    assert.deepEqual(planAvif(50, 500_000), planAvif(50, 500_000, 0.9))
  })
})
