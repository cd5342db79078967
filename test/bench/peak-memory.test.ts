import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readPeakMegabytes } from '../../bench/peak-memory.ts'

suite('readPeakMegabytes', () => {
  test('is at least what is resident, and grows with what is touched', () => {
    const before = readPeakMegabytes()
    assert.ok(before > 20 && before >= process.memoryUsage().rss / 2 ** 20 / 2, `${before} MB`)
    const touched = Buffer.alloc(300 * 2 ** 20, 1)
    assert.ok(touched.length > 0 && readPeakMegabytes() > 300)
  })
})
