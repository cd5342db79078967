import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { PairFigures } from '../../../bench/peers/compare.ts'
import { averageCells, judgePeers } from '../../../bench/peers/report.ts'
import { pair } from './pair.ts'

const bounds = { slower: 1.05, avifFactor: 5 }

function judge(changes: Partial<PairFigures>): string[] {
  return judgePeers({ cells: [{ ...pair, ...changes }] }, bounds)
}

suite('judgePeers', () => {
  test('lets be slower who is smaller, and larger who is faster', () => {
    assert.deepEqual(judge({ time: 2, equalBytes: 0.9 }), [])
    assert.deepEqual(judge({ time: 0.5, equalBytes: 1.3 }), [])
  })

  test('names who is slower and larger', () => {
    assert.deepEqual(judge({ time: 1.5, equalBytes: 1.1 }), [
      '12 MP → 800 webp against ipx: 1.50 × the time and 1.10 × the bytes at equal score',
    ])
  })

  test('asks nothing beside the floor', () => {
    assert.deepEqual(judge({ peer: 'sharp', time: 1.5, equalBytes: 1.1 }), [])
  })

  test("wants AVIF five times faster than with sharp's own effort, plain sharp's too", () => {
    for (const peer of ['ipx', 'sharp']) {
      assert.deepEqual(judge({ peer, format: 'avif', time: 0.19 }), [])
      assert.deepEqual(judge({ peer, format: 'avif', time: 0.25 }), [
        `12 MP → 800 avif against ${peer}: 4.0 × faster, expected 5.0`,
      ])
    }
  })

  test('wants AVIF faster than with any other effort of sharp, but not than with another library', () => {
    assert.deepEqual(judge({ format: 'avif', peer: 'next', time: 0.9 }), [])
    assert.deepEqual(judge({ format: 'avif', peer: 'next', time: 1.01 }), [
      '12 MP → 800 avif against next: 1.0 × faster, expected 1.0',
    ])
    assert.deepEqual(judge({ format: 'avif', peer: 'thumbor', time: 1.01 }), [])
  })
})

suite('averageCells', () => {
  test('has the geometric means of each peer and format apart', () => {
    const cells = [
      { ...pair, time: 0.5 },
      { ...pair, time: 2 },
      { ...pair, peer: 'next', time: 3, equalBytes: 4 },
    ]
    assert.deepEqual(
      averageCells(cells).map(({ peer, time, equalBytes, cells: count }) => [
        peer,
        Number(time.toFixed(9)),
        Number(equalBytes.toFixed(9)),
        count,
      ]),
      [
        ['ipx', 1, 1, 2],
        ['next', 3, 4, 1],
      ],
    )
  })
})
