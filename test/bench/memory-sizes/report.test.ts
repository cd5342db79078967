import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { weighCells } from '../../../bench/memory-sizes/jobs.ts'
import { type MemorySizesFigures, type SizeFigures, summarize } from '../../../bench/memory-sizes/measure.ts'
import { costOf, judgeMemorySizes, listKilled, markSize } from '../../../bench/memory-sizes/report.ts'
import { shareOf } from '../../../bench/memory-sizes/sizes.ts'
import type { Cell } from '../../../bench/transform/jobs.ts'

const size: SizeFigures = {
  memoryMegabytes: 1769,
  share: 1,
  hadShare: 0.95,
  jobMs: [300],
  meanMs: 300,
  p50Ms: 300,
  p95Ms: 300,
  peakMegabytes: 200,
}
const figures: MemorySizesFigures = {
  source: '',
  how: '',
  rounds: 1,
  mix: [],
  sizes: [size],
  extremes: undefined,
}

suite('costOf', () => {
  test('is time by memory at the price of a GB-second, and the runs', () => {
    const { gigabyteSeconds, dollarsPerMillion } = costOf({ memoryMegabytes: 1024, meanMs: 1000 })
    assert.equal(gigabyteSeconds, 1)
    // $0.0000133334 a GB-second and $0.20 a million runs.
    assert.equal(dollarsPerMillion.toFixed(4), '13.5334')
  })
})

suite('shareOf', () => {
  test('is a processor at 1,769 MB, and in proportion', () => {
    assert.deepEqual([shareOf(1769), shareOf(3538)], [1, 2])
    assert.equal(shareOf(512).toFixed(3), '0.289')
  })
})

suite('markSize', () => {
  test('names the cheapest and the fastest, and who is as good', () => {
    const small = { ...size, memoryMegabytes: 884.5, meanMs: 606 }
    const large = { ...size, memoryMegabytes: 3538, meanMs: 200 }
    const all = [small, size, large]
    assert.deepEqual(
      all.map((each) => markSize(each, all)),
      ['cheapest', 'cheapest', 'fastest'],
    )
  })
})

suite('summarize', () => {
  test('weighs medians, quantiles and processors', () => {
    const laps = [
      [10, 20, 30].map((ms) => ({ ms, cpuMs: ms / 2 })),
      [100, 200, 300].map((ms) => ({ ms, cpuMs: ms / 2 })),
    ]
    const { jobMs, meanMs, p50Ms, p95Ms, hadShare, share } = summarize(
      1769,
      [{ weight: 0.75 }, { weight: 0.25 }],
      laps,
    )
    assert.deepEqual([jobMs, meanMs, p50Ms, p95Ms], [[20, 200], 65, 20, 300])
    assert.deepEqual([hadShare, share], [0.5, 1])
  })
})

suite('weighCells', () => {
  test('gives every variant of the trace to one cell, most of them to AVIF', () => {
    const cells = ([320, 800, 1600] as const).flatMap((width) =>
      (['jpeg', 'webp', 'avif'] as const).map((format) => ({ width, format }) as Cell),
    )
    const weighed = weighCells(cells)
    assert.equal(weighed.reduce((sum, { weight }) => sum + weight, 0).toFixed(9), '1.000000000')
    assert.ok(weighed.every(({ weight }) => weight > 0))
    const avif = weighed.filter(({ format }) => format === 'avif')
    assert.ok(avif.reduce((sum, { weight }) => sum + weight, 0) > 0.5)
  })
})

suite('judgeMemorySizes', () => {
  test('fails where a process had more than its share', () => {
    assert.deepEqual(judgeMemorySizes(figures, 1.15), [])
    assert.deepEqual(judgeMemorySizes({ ...figures, sizes: [{ ...size, hadShare: 1.4 }] }, 1.15), [
      'at 1769 MB it had 1.40 processors, expected at most 1.00',
    ])
    assert.equal(judgeMemorySizes({ ...figures, sizes: [{ ...size, hadShare: Number.NaN }] }, 1.15).length, 1)
  })
})

suite('listKilled', () => {
  test('has what needs more memory than there is', () => {
    const extremes = [
      { key: 'a.jpg', query: 'width=800', peakMegabytes: 400, ms: 1, outcome: '200' },
      { key: 'b.png', query: 'width=800', peakMegabytes: 600, ms: 1, outcome: '200' },
    ]
    assert.deepEqual(listKilled({ memoryMegabytes: 512 }, extremes), ['b.png?width=800'])
    assert.deepEqual(listKilled({ memoryMegabytes: 1769 }, extremes), [])
  })
})
