import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { VariantParameters } from '../../../grammar/parameters.ts'
import { cleanSvg } from '../../../transformer/vector-pass/clean-svg.ts'
import { readOwnSize } from '../../../transformer/vector-pass/own-size.ts'
import { resize } from '../../../transformer/vector-pass/resize.ts'
import { Unclean } from '../../../transformer/vector-pass/unclean.ts'
import { drawSvg } from '../../images/drawing.ts'

type Asked = Omit<VariantParameters, 'format'>

function resizeRoot(attributes: string, given: Asked) {
  return resize(cleanSvg(drawSvg(attributes, '')), { format: 'auto', ...given })
}

/** The attributes of a root, by `attributes` of the original and what is asked of it. */
function rootOf(attributes: string, given: Asked): string {
  return [...resizeRoot(attributes, given).root].map(([name, value]) => `${name}=${value}`).join(' ')
}

suite('the size that a graphic says', () => {
  const sizes: readonly (readonly [attributes: string, size: string])[] = [
    ['width="100" height="50"', '100×50'],
    ['width="100px" height=" 50.5 "', '100×50.5'],
    ['width="1in" height="25.4mm"', '96×96'],
    ['width="72pt" height="6pc"', '96×96'],
    ['viewBox="0 0 120 80"', '120×80'],
    ['viewBox="-10,-20 120,80"', '120×80'],
    ['width="60" viewBox="0 0 120 80"', '60×40'],
    ['height="40" viewBox="0 0 120 80"', '60×40'],
    ['width="100%" height="100%" viewBox="0 0 120 80"', '120×80'],
    ['width="30" height="80" viewBox="0 0 120 80"', '30×80'],
    ['', 'none'],
    ['width="100"', 'none'],
    ['width="100%" height="50"', 'none'],
    ['width="0" height="50"', 'none'],
    ['width="-5" height="50"', 'none'],
    ['width="10em" height="5em" viewBox="0 0 2 1"', 'none'],
    ['width="9" height="9" style="max-width: 100%"', 'none'],
    ['viewBox="0 0 0 80"', 'none'],
    ['viewBox="0 0 NaN 80"', 'none'],
    ['viewBox="0 0 1 1 1"', 'none'],
  ]
  for (const [attributes, size] of sizes) {
    test(`with ${attributes || 'nothing'} is ${size}`, () => {
      const own = readOwnSize(cleanSvg(drawSvg(attributes, '')).root)
      assert.equal(own ? `${own.width}×${own.height}` : 'none', size)
    })
  }
})

suite('resize', () => {
  const plain = 'width="300" height="200"'
  const boxed = 'viewBox="0 0 30 20"'
  const cases: readonly (readonly [attributes: string, given: Asked, root: string])[] = [
    // Its own size, and what would make it larger, leave it as it is.
    [plain, {}, 'width=300 height=200'],
    [plain, { width: 300 }, 'width=300 height=200'],
    [plain, { width: 3840 }, 'width=300 height=200'],
    [boxed, { width: 30 }, 'viewBox=0 0 30 20'],
    [boxed, { width: 640 }, 'viewBox=0 0 30 20'],
    ['', {}, ''],
    ['width="24.5" height="24.5" viewBox="0 0 24 24"', {}, 'width=24.5 height=24.5 viewBox=0 0 24 24'],
    ['width="24.5" height="24.5"', { width: 640 }, 'width=24.5 height=24.5'],
    // Smaller.
    [plain, { width: 150 }, 'width=150 height=100 viewBox=0 0 300 200 preserveAspectRatio=none'],
    [plain, { height: 50 }, 'width=75 height=50 viewBox=0 0 300 200 preserveAspectRatio=none'],
    [boxed, { width: 15 }, 'viewBox=0 0 30 20 width=15 height=10 preserveAspectRatio=none'],
    ['width="30" height="30" viewBox="0 0 20 10"', { width: 15 }, 'width=15 height=15 viewBox=0 0 20 10'],
    // Larger where that is asked for.
    [boxed, { width: 600, enlarge: '1' }, 'viewBox=0 0 30 20 width=600 height=400 preserveAspectRatio=none'],
    // Two sides.
    [
      plain,
      { width: 100, height: 100, fit: 'inside' },
      'width=100 height=67 viewBox=0 0 300 200 preserveAspectRatio=none',
    ],
    [
      plain,
      { width: 90, height: 90, fit: 'outside' },
      'width=135 height=90 viewBox=0 0 300 200 preserveAspectRatio=none',
    ],
    [
      plain,
      { width: 90, height: 90, fit: 'fill' },
      'width=90 height=90 viewBox=0 0 300 200 preserveAspectRatio=none',
    ],
    [
      plain,
      { width: 100, height: 100 },
      'width=100 height=100 viewBox=50 0 200 200 preserveAspectRatio=none',
    ],
    [
      plain,
      { width: 100, height: 100, gravity: 'west' },
      'width=100 height=100 viewBox=0 0 200 200 preserveAspectRatio=none',
    ],
    [
      plain,
      { width: 100, height: 100, gravity: '0.9_0.5' },
      'width=100 height=100 viewBox=100 0 200 200 preserveAspectRatio=none',
    ],
    [
      plain,
      { width: 900, height: 900 },
      'width=200 height=200 viewBox=50 0 200 200 preserveAspectRatio=none',
    ],
    [
      'viewBox="-30 10 60 40"',
      { aspect: '1-1' },
      'viewBox=-20 10 40 40 width=40 height=40 preserveAspectRatio=none',
    ],
    [
      'width="200" height="100" viewBox="0 0 10 10" preserveAspectRatio="none"',
      { width: 50, height: 50 },
      'width=50 height=50 viewBox=2.5 0 5 10 preserveAspectRatio=none',
    ],
    // No side is larger than any variant's.
    [
      'viewBox="0 0 10000000 5000000"',
      {},
      'viewBox=0 0 10000000 5000000 width=8192 height=4096 preserveAspectRatio=none',
    ],
  ]
  for (const [attributes, given, root] of cases) {
    test(`of ${attributes || 'nothing'} to ${JSON.stringify(given).replace(/["{}]/g, '')}`, () =>
      assert.equal(rootOf(attributes, given), root))
  }

  const refused: readonly (readonly [attributes: string, given: Asked])[] = [
    ['', { width: 10 }],
    ['width="100%" height="10"', { height: 5 }],
    [plain, { width: 10, height: 10, gravity: 'attention' }],
    [plain, { width: 10, height: 10, fit: 'contain' }],
    ['width="30" height="30" viewBox="0 0 20 10"', { width: 10, height: 20 }],
    ['width="30" height="30" viewBox="0 0 20 10"', { width: 10, height: 20, fit: 'fill' }],
  ]
  for (const [attributes, given] of refused) {
    test(`leaves ${attributes || 'nothing'} at ${JSON.stringify(given).replace(/["{}]/g, '')} to pixels`, () =>
      assert.throws(() => rootOf(attributes, given), Unclean))
  }

  test('tells the size of what it was and of what it is', () => {
    const { own, output } = resizeRoot(plain, { width: 30 })
    assert.deepEqual(
      [own, output],
      [
        { width: 300, height: 200 },
        { width: 30, height: 20 },
      ],
    )
  })
})
