import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { PairFigures } from '../../../bench/products/compare.ts'
import { judgeProducts } from '../../../bench/products/report.ts'

const made = { cpuMs: 100, bytes: 10_000, score: 75 }
const pair: PairFigures = {
  product: 'ipx',
  original: '12 MP',
  width: 800,
  format: 'webp',
  fovea: made,
  other: made,
  time: 1,
  bytes: 1,
  equalBytes: 1,
  reached: true,
}
const bounds = { slower: 1.05, avifFactor: 5 }

function judge(changes: Partial<PairFigures>): string[] {
  return judgeProducts({ cells: [{ ...pair, ...changes }] }, bounds)
}

suite('judgeProducts', () => {
  test('lets be slower who is smaller, and larger who is faster', () => {
    assert.deepEqual(judge({ time: 2, equalBytes: 0.9 }), [])
    assert.deepEqual(judge({ time: 0.5, equalBytes: 1.3 }), [])
  })

  test('names who is slower and larger', () => {
    assert.deepEqual(judge({ time: 1.5, equalBytes: 1.1 }), [
      '12 MP → 800 webp against ipx: 1.50 × the time and 1.10 × the bytes at equal score',
    ])
  })

  test("wants AVIF five times faster than with sharp's own effort", () => {
    assert.deepEqual(judge({ format: 'avif', time: 0.19 }), [])
    assert.deepEqual(judge({ format: 'avif', time: 0.25 }), [
      '12 MP → 800 avif against ipx: 4.0 × faster, expected 5.0',
    ])
  })

  test('wants AVIF faster than with any other', () => {
    assert.deepEqual(judge({ format: 'avif', product: 'next', time: 0.9 }), [])
    assert.deepEqual(judge({ format: 'avif', product: 'next', time: 1.01 }), [
      '12 MP → 800 avif against next: 1.0 × faster, expected 1.0',
    ])
  })
})
