import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parameters, type VariantParameters } from '../../../grammar/parameters.ts'
import { readQuality, scaleQuality } from '../../../transformer/plan/quality.ts'
import { qualityTable } from '../../../transformer/plan/quality-table.ts'

const formats = ['jpeg', 'webp', 'avif'] as const

/** 1 to 100. */
const qualities = Array.from({ length: 100 }, (_, index) => index + 1)

suite('readQuality', () => {
  test('takes a number as it is', () => {
    for (const quality of qualities) assert.equal(readQuality(quality), quality)
  })

  test('reads nothing as auto', () => {
    assert.equal(readQuality(undefined), readQuality('auto'))
  })

  test('orders the words low, medium, high, with auto between low and high', () => {
    const [low, auto, medium, high] = (['low', 'auto', 'medium', 'high'] as const).map(readQuality)
    assert.ok(low && auto && medium && high)
    assert.ok(1 <= low && low < medium && medium < high && high <= 100)
    assert.ok(low < auto && auto < high)
  })

  test('knows every word of the grammar', () => {
    const kind = parameters.find((row) => row.name === 'quality')?.canonicalKind as string
    const words = kind.split(' ').filter((word) => !word.includes('..'))
    assert.ok(words.length >= 4)
    for (const word of words) {
      const quality = readQuality(word as VariantParameters['quality'])
      assert.ok(Number.isInteger(quality) && quality >= 1 && quality <= 100, word)
    }
  })
})

suite('qualityTable', () => {
  test('has both ends, rises in quality and never falls in a format', () => {
    assert.ok(qualityTable.length > 5)
    for (const [index, row] of qualityTable.entries()) {
      const before = qualityTable[index - 1]
      if (!before) continue
      assert.ok(row.quality > before.quality)
      for (const format of formats) assert.ok(row[format] >= before[format])
    }
    for (const end of [1, 100])
      assert.ok(
        qualityTable.some((row) => [row.quality, ...formats.map((f) => row[f])].every((n) => n === end)),
      )
  })
})

suite('scaleQuality', () => {
  for (const format of formats) {
    test(`gives ${format} whole numbers of 1 to 100`, () => {
      for (const quality of qualities) {
        const scaled = scaleQuality(quality, format)
        assert.ok(Number.isInteger(scaled) && scaled >= 1 && scaled <= 100, `${quality}: ${scaled}`)
      }
    })

    test(`never falls in ${format} where the quality rises`, () => {
      const scaled = qualities.map((quality) => scaleQuality(quality, format))
      assert.deepEqual(
        scaled,
        [...scaled].sort((a, b) => a - b),
      )
      assert.ok(new Set(scaled).size > 60, 'most steps are steps')
    })

    test(`keeps the ends in ${format}`, () => {
      assert.equal(scaleQuality(1, format), 1)
      assert.equal(scaleQuality(100, format), 100)
    })
  }

  test('stays near the scale of JPEG in our own', () => {
    for (const quality of qualities) assert.ok(Math.abs(scaleQuality(quality, 'jpeg') - quality) <= 5)
  })

  test('gives AVIF lower and WebP higher numbers for the same looks', () => {
    for (const quality of [50, 60, 70, 80, 90]) {
      assert.ok(scaleQuality(quality, 'avif') < quality)
      assert.ok(scaleQuality(quality, 'webp') > quality)
    }
  })
})
