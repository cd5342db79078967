import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { checkedQualities, type PictureFigures } from '../../../bench/quality/measure.ts'
import { formatQuality, judgeQuality } from '../../../bench/quality/report.ts'

const bounds = { avif: 42, webp: 17, jpeg: 9 }
const differences = checkedQualities.map(() => 0.5)

/** Two photographs that meet the bounds on the mean alone, and a transparent picture. */
const pictures: PictureFigures[] = [
  photograph('one', { jpeg: 0.8, webp: 0.7, avif: 0.5 }),
  photograph('two', { jpeg: 1, webp: 0.9, avif: 0.6 }),
  {
    name: 'three',
    kind: 'transparent',
    width: 800,
    plain: { quality: 80, bytes: 1000, score: 80 },
    ratios: { webp: 0.9, avif: 0.6 },
  },
]

function photograph(name: string, ratios: PictureFigures['ratios']): PictureFigures {
  return {
    name,
    kind: 'photograph',
    width: 800,
    plain: { quality: 80, bytes: 1000, score: 80 },
    ratios,
    differences: { jpeg: differences, webp: differences, avif: differences },
  }
}

const figures = (some: PictureFigures[]) => ({ source: 'here', scorer: 'a crate', pictures: some })

suite('judgeQuality', () => {
  test('passes means that meet the bounds', () => {
    assert.deepEqual(judgeQuality(figures(pictures), 800, bounds), [])
  })

  for (const [format, ratio] of [
    ['jpeg', 1.05],
    ['webp', 1],
    ['avif', 0.7],
  ] as const) {
    test(`fails ${format} that saves too little`, () => {
      const [first, ...rest] = pictures
      assert.ok(first)
      const worse = { ...first, ratios: { ...first.ratios, [format]: ratio } }
      const [failure, ...others] = judgeQuality(figures([worse, ...rest]), 800, bounds)
      assert.match(failure ?? '', new RegExp(`^${format}: `))
      assert.deepEqual(others, [])
    })
  }

  test('fails what compared no photograph', () => {
    assert.equal(judgeQuality(figures(pictures), 320, bounds).length, 1)
  })
})

suite('formatQuality', () => {
  test('names every picture, and leaves out what has no figures', () => {
    const text = formatQuality(figures(pictures))
    for (const { name } of pictures) assert.ok(text.includes(name))
    assert.match(text, /^transparent +800 +1 +80\.0 +– +−10\.0 % +−40\.0 %$/m)
    assert.doesNotMatch(text, /NaN|undefined/)
  })
})
