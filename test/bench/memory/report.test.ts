import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { formatMemory, judgeMemory, type MemoryFigures } from '../../../bench/memory/report.ts'

const ratio = {
  photograph: '24 MP',
  width: 800,
  format: 'webp',
  foveaMegabytes: 120,
  plainMegabytes: 100,
  ratio: 1.2,
}
const extreme = {
  key: 'ten.avif',
  query: 'width=800&format=webp',
  peakMegabytes: 800,
  ms: 2500,
  outcome: '200',
}

const figures: MemoryFigures = {
  source: 'photographs',
  memoryMegabytes: 1000,
  maxSourcePixels: 100e6,
  maxOutputPixels: 40e6,
  ratios: [ratio],
  extremes: [extreme],
}

suite('judgeMemory', () => {
  test('finds nothing within the bounds', () => {
    assert.deepEqual(judgeMemory(figures, 1.5), [])
  })

  test('names a ratio above the bound', () => {
    assert.deepEqual(judgeMemory(figures, 1.1), [
      "24 MP → 800 webp takes 1.20 × plain sharp's memory, expected at most 1.1",
    ])
  })

  test("leaves a tenth of Lambda's memory to its runtime", () => {
    const large = { ...figures, extremes: [{ ...extreme, peakMegabytes: 901 }] }
    assert.deepEqual(judgeMemory(large, 1.5), [
      "ten.avif?width=800&format=webp takes 901 MB, expected at most 900 of Lambda's 1000 MB",
    ])
    assert.match(formatMemory(large), /901 +2\.5 ! 200/)
  })
})
