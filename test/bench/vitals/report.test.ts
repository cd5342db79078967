import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { chooseFrame } from '../../../bench/vitals/filmstrip.ts'
import { pageNames, takeMedians } from '../../../bench/vitals/measure.ts'
import { formatVitals, judgeVitals } from '../../../bench/vitals/report.ts'
import type { Visit } from '../../../bench/vitals/visit.ts'

const slow: Visit = {
  fcpMs: 900,
  lcpMs: 40_000,
  cls: 0.5,
  clsAtEnd: 0.5,
  longTaskMs: 300,
  blockingMs: 100,
  firstScreenBytes: 7e6,
  firstScreenRequests: 24,
  bytes: 25e6,
  requests: 26,
}
const fast: Visit = { ...slow, lcpMs: 2000, cls: 0, clsAtEnd: 0, bytes: 8e5 }
const bounds = { maxBytesRatio: 0.1, maxLcpRatio: 0.5 }

/** Figures in which one visit of the warm page is as `changes` say, and the others are as they should be. */
function figures(changes: Partial<Visit> = {}) {
  return {
    products: 24,
    source: 'photographs',
    originalBytes: 25e6,
    dpr: 2,
    runs: 1,
    pages: pageNames.map((name) => {
      const visit =
        name === 'helpers, warm edge' ? { ...fast, ...changes } : name.startsWith('h') ? fast : slow
      return { name, medians: visit, visits: [visit] }
    }),
  }
}

suite('takeMedians', () => {
  test('takes the middle of each figure by itself', () => {
    const medians = takeMedians([
      { ...fast, lcpMs: 1, bytes: 30 },
      { ...fast, lcpMs: 3, bytes: 10 },
      { ...fast, lcpMs: 2, bytes: 20 },
    ])
    assert.deepEqual(medians, { ...fast, lcpMs: 2, bytes: 20 })
  })

  test('refuses to take any of nothing', () => assert.throws(() => takeMedians([]), /expected visits/))
})

suite('judgeVitals', () => {
  test('lets pass a tenth of the bytes and half of the time, without a shift', () => {
    assert.deepEqual(judgeVitals(figures({ bytes: 2.5e6, lcpMs: 20_000 }), bounds), [])
  })

  test('names what is above, of either edge', () => {
    assert.deepEqual(judgeVitals(figures({ bytes: 2.6e6, lcpMs: 20_001 }), bounds), [
      "helpers, warm edge: 0.104 of the plain page's bytes, expected at most 0.1",
      "helpers, warm edge: 0.500 of the plain page's LCP, expected at most 0.5",
    ])
  })

  test('lets nothing shift, on the first screen or after', () => {
    assert.deepEqual(judgeVitals(figures({ cls: 0.01 }), bounds), [
      'helpers, warm edge: a CLS of 0.010, expected 0',
    ])
    assert.equal(judgeVitals(figures({ clsAtEnd: 0.2 }), bounds).length, 1)
  })

  test('lets nothing pass that was not measured', () => {
    assert.equal(judgeVitals(figures({ lcpMs: Number.NaN }), bounds).length, 1)
    assert.throws(() => judgeVitals({ pages: [] }, bounds), /expected figures of plain/)
  })
})

suite('formatVitals', () => {
  test('has a row of each page', () => {
    const text = formatVitals(figures())
    for (const name of pageNames) assert.match(text, new RegExp(`^${name} .*requests|^${name} +\\d`, 'm'))
    assert.match(text, /^helpers, warm edge +2\.0 s .* 800 kB +26$/m)
  })
})

suite('chooseFrame', () => {
  const frames = [0.4, 1.2, 3].map((at) => ({ at, picture: Buffer.alloc(0) }))
  test('takes what was on the screen then', () => {
    assert.deepEqual(
      [0.1, 0.4, 2, 9].map((seconds) => chooseFrame(frames, seconds)?.at),
      [undefined, 0.4, 1.2, 3],
    )
  })
})
