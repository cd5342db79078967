import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { planEncoder } from '../../../transformer/plan/encoder.ts'
import { contentTypes, type OutputFormat } from '../../../transformer/plan/format.ts'
import { scaleQuality } from '../../../transformer/plan/quality.ts'

const formats = Object.keys(contentTypes) as OutputFormat[]
const sizes = [1, 500_000, 700_000, 700_001, 2_000_001, 3_000_001, 40_000_000]

suite('planEncoder', () => {
  test('depends on format, quality and size alone', async () => {
    const planAll = () => formats.map((format) => sizes.map((pixels) => planEncoder(format, 75, pixels)))
    const first = planAll()
    assert.ok(first.flat().length >= 5 * sizes.length)
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.deepEqual(planAll(), first)
  })

  test('names the format that was chosen', () => {
    for (const format of formats) assert.equal(planEncoder(format, 75, 1000).format, format)
  })

  for (const format of ['jpeg', 'webp', 'avif'] as const) {
    test(`puts the quality on the scale of ${format}`, () => {
      for (const quality of [1, 50, 75, 100]) {
        const { options } = planEncoder(format, quality, 1000)
        assert.equal((options as { quality: number }).quality, scaleQuality(quality, format))
      }
    })
  }

  for (const format of ['png', 'gif'] as const) {
    test(`gives ${format} the same options at every quality`, () => {
      assert.deepEqual(planEncoder(format, 1, 1000), planEncoder(format, 100, 1000))
    })
  }

  for (const format of ['webp', 'avif'] as const) {
    for (const lossless of [false, true]) {
      test(`makes less effort for a larger ${lossless ? 'lossless ' : ''}${format}, never more`, () => {
        const efforts = sizes.map(
          (pixels) => (planEncoder(format, 75, pixels, lossless).options as { effort: number }).effort,
        )
        assert.deepEqual(
          efforts,
          [...efforts].sort((a, b) => b - a),
        )
        assert.ok(new Set(efforts).size > 1)
      })
    }
  }
})
