import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { LoadFigures } from '../../../bench/peers/load.ts'
import { type Loss, listLosses } from '../../../bench/peers/losses.ts'
import { pair } from './pair.ts'

const load: LoadFigures = {
  name: 'fovea',
  format: 'webp',
  imagesPerSecond: 10,
  cpuMsPerImage: 100,
  aloneMegabytes: 100,
  busyMegabytes: 200,
}
const other: LoadFigures = { ...load, name: 'thumbor' }

suite('listLosses', () => {
  test('is empty where nobody is better, and where the difference is noise', () => {
    assert.deepEqual(listLosses([pair, { ...pair, time: 1.04, equalBytes: 1.01 }], [load, other]), [])
    assert.deepEqual(listLosses([{ ...pair, time: 0.2, bytes: 2, equalBytes: 0.7 }], []), [])
  })

  const describe = ({ peer, format, where, kind, ratio, both }: Loss) =>
    `${peer}: ${where} ${format}: ${ratio.toFixed(2)} ${kind}${both ? ' (both)' : ''}`

  test('has cells that are slower, larger at equal score, or both', () => {
    const cells = [
      { ...pair, time: 1.2, equalBytes: 0.8 },
      { ...pair, time: 0.5, equalBytes: 1.3 },
      { ...pair, width: 320, time: 1.2, equalBytes: 1.3 },
    ]
    assert.deepEqual(listLosses(cells, []).map(describe), [
      'ipx: 12 MP → 800 webp: 1.20 time',
      'ipx: 12 MP → 800 webp: 1.30 bytes',
      'ipx: 12 MP → 320 webp: 1.20 time (both)',
      'ipx: 12 MP → 320 webp: 1.30 bytes (both)',
    ])
  })

  test('has who does more at a time, and who takes less memory', () => {
    const better = { ...other, imagesPerSecond: 20, aloneMegabytes: 50, busyMegabytes: 100 }
    assert.deepEqual(listLosses([], [load, better]).map(describe), [
      'thumbor: eight at a time webp: 0.50 images',
      'thumbor: one variant webp: 2.00 memory',
      'thumbor: eight at a time webp: 2.00 memory',
    ])
    const worse = { ...other, imagesPerSecond: 5, aloneMegabytes: 200, busyMegabytes: 400 }
    assert.deepEqual(listLosses([], [load, worse]), [])
  })
})
