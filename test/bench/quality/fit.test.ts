import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Equals, fitTable, fittedQualities } from '../../../bench/quality/fit.ts'
import { formatTableFile } from '../../../bench/quality/table-file.ts'

/** Equal looks that are off by as much at each quality. */
function shifted(by: number): Equals {
  const all = fittedQualities.map((quality) => Math.min(100, Math.max(1, quality + by)))
  return { jpeg: all, webp: all, avif: all }
}

suite('fitTable', () => {
  test('takes the mean over pictures, and tells how far they are apart', () => {
    const rows = fitTable([shifted(1), shifted(5)])
    assert.deepEqual(
      rows.slice(0, -1).map(({ quality, equals }) => equals.webp.quality - quality),
      rows.slice(0, -1).map(() => 3),
    )
    assert.ok(Math.abs((rows[0]?.equals.webp.deviation ?? 0) - Math.sqrt(8)) < 1e-9)
  })

  test('never falls where a picture does', () => {
    const falling = fittedQualities.map((quality) => 100 - quality)
    const rows = fitTable([{ jpeg: falling, webp: falling, avif: falling }])
    assert.ok(rows.length > 4)
    for (const { equals } of rows) assert.equal(equals.avif.quality, rows[0]?.equals.avif.quality)
  })
})

suite('formatTableFile', () => {
  test('writes a row for each quality between both ends, and what was measured', () => {
    const text = formatTableFile(fitTable([shifted(-1), shifted(1)]), {
      date: '2026-11-23',
      corpus: Array.from({ length: 20 }, (_, index) => `photograph-${index}.jpg`),
      widths: [320, 800],
      scorer: 'a crate 1.2.3',
      machine: { sharp: '0.35.5', libvips: '8.18.7' },
    })
    assert.equal(
      text.match(/^ {2}\{ quality: \d+, jpeg: \d+, webp: \d+, avif: \d+ },$/gm)?.length,
      fittedQualities.length + 2,
    )
    for (const part of ['2026-11-23', 'photograph-19.jpg', 'a crate 1.2.3', '0.35.5'])
      assert.ok(text.includes(part))
    assert.ok(text.split('\n').every((line) => line.length < 130))
  })
})
