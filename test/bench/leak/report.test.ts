import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { formatLeak, judgeLeak } from '../../../bench/leak/report.ts'
import type { LeakFigures } from '../../../bench/leak/run.ts'

const window = { resident: 120, renderer: 70, heap: 10, external: 2 }

const figures: LeakFigures = {
  windows: [window, window, window, window],
  warmUp: 2,
  statuses: { 200: 390, 304: 10 },
  growth: { resident: 0.05, renderer: 0.2, heap: 0, external: -0.01 },
}

suite('judgeLeak', () => {
  test('passes what is at its bound, and a renderer that is young', () => {
    assert.deepEqual(judgeLeak(figures, 5), [])
  })

  test('names what grew by more', () => {
    const grown = { ...figures, growth: { ...figures.growth, resident: 0.08 } }
    assert.deepEqual(judgeLeak(grown, 5), ['resident memory grew by 8.0 %, expected at most 5 %'])
  })
})

suite('formatLeak', () => {
  test('draws a bar for every window, and says from where on they count', () => {
    const lines = formatLeak(figures).split('\n')
    assert.equal(lines[0], '400 requests of one process: 390 × 200, 10 × 304')
    assert.equal(lines.filter((line) => /^ +\d+00 +120 +#{40} +70 +10\.0 +2\.0$/.test(line)).length, 4)
    assert.match(lines[6] ?? '', /warm from here on/)
  })
})
