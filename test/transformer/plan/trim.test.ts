import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { type Bitmap, planTrim } from '../../../transformer/plan/trim.ts'

/** A picture of one grey per letter: each row a word. */
function paint(greys: Record<string, readonly number[]>, ...rows: readonly string[]): Bitmap {
  const pixels = rows.flatMap((row) => [...row].flatMap((letter) => greys[letter] ?? []))
  const channels = Object.values(greys)[0]?.length ?? 0
  return { data: Uint8Array.from(pixels), width: rows[0]?.length ?? 0, height: rows.length, channels }
}

function trimmed(bitmap: Bitmap, threshold: number): string {
  const { left, top, width, height } = planTrim(bitmap, threshold)
  return `${left},${top} ${width}×${height}`
}

const opaque = { '.': [200, 200, 200], o: [195, 200, 200], x: [20, 200, 200] }
const clear = { '.': [0, 0, 0, 0], o: [90, 90, 90, 0], x: [0, 0, 0, 255] }

suite('planTrim', () => {
  const cases: readonly (readonly [string, Bitmap, threshold: number, box: string])[] = [
    ['a box in an edge', paint(opaque, '.....', '.xx..', '.xx..', '.....'), 0, '1,1 2×2'],
    ['a single pixel', paint(opaque, '....', '..x.', '....'), 0, '2,1 1×1'],
    ['a thin line', paint(opaque, '.....', '.xxx.', '.....'), 0, '1,1 3×1'],
    ['an edge on one side only', paint(opaque, '..xx', '..xx'), 0, '2,0 2×2'],
    ['content that reaches the right and lower edges', paint(opaque, '...', '..x', '.x.'), 0, '1,1 2×2'],
    ['content in the corner, as an edge', paint(opaque, 'x..', '...', '...'), 0, '0,0 3×3'],
    ['an edge that differs by no more than the threshold', paint(opaque, '.o.', 'oxo', '.o.'), 5, '1,1 1×1'],
    ['nothing that differs by more', paint(opaque, '.o.', 'oxo', '.o.'), 4, '0,0 3×3'],
    ['one colour, whole', paint(opaque, '...', '...'), 0, '0,0 3×2'],
    ['one pixel, whole', paint(opaque, '.'), 0, '0,0 1×1'],
    ['what is transparent, whatever colour hides there', paint(clear, '.o.', 'oxo', '...'), 0, '1,1 1×1'],
    ['a shape that differs in opacity alone', paint(clear, '...', '.x.', '...'), 100, '1,1 1×1'],
  ]
  for (const [what, bitmap, threshold, box] of cases) {
    test(`leaves ${box} of ${what}`, () => assert.equal(trimmed(bitmap, threshold), box))
  }

  test('finds any box in any edge', () => {
    const side = fc.integer({ min: 1, max: 12 })
    const gap = fc.integer({ min: 0, max: 9 })
    fc.assert(
      fc.property(side, side, gap, gap, gap, gap, (width, height, left, top, right, bottom) => {
        // The corner must be the edge's, or there is none.
        fc.pre(left + top > 0)
        const across = left + width + right
        const data = new Uint8Array(across * (top + height + bottom) * 3).fill(240)
        for (let y = top; y < top + height; y++) {
          data.fill(10, (y * across + left) * 3, (y * across + left + width) * 3)
        }
        const bitmap = { data, width: across, height: top + height + bottom, channels: 3 }
        assert.deepEqual(planTrim(bitmap, 20), { left, top, width, height })
      }),
      { numRuns: 500 },
    )
  })
})
