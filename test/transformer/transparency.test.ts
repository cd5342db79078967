import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { makePhotograph } from '../images/photograph.ts'
import { assertNear, decode } from '../images/pixels.ts'
import { makeTransparent } from '../images/transparency.ts'
import { createTransformer, imageOf } from './run.ts'

const { get, pictures } = createTransformer()

/** Of 255. */
const tolerance = 6

before(async () => {
  pictures['transparent.png'] = await makeTransparent(120, 60).png().toBuffer()
  pictures['opaque.jpg'] = await makePhotograph(120, 60).jpeg().toBuffer()
})

suite('transparency', () => {
  for (const format of ['auto', 'auto.webp', 'auto.avif', 'png', 'webp', 'avif', 'original'] as const) {
    test(`is kept in ${format}`, async () => {
      const received = await get('transparent.png', { format })
      assert.notEqual(received.headers['content-type'], 'image/jpeg')
      await assertThirds(imageOf(received), [
        [200, 20, 20, 255],
        [200, 20, 20, 128],
      ])
      assertNear((await decode(imageOf(received))).at(0.83, 0.5).slice(3), [0], tolerance, 'alpha')
    })
  }

  test('lies on white, not black, in an explicit JPEG', async () => {
    await assertThirds(imageOf(await get('transparent.png', { format: 'jpeg' })), [
      [200, 20, 20, 255],
      [227, 137, 137, 255],
      [255, 255, 255, 255],
    ])
  })

  const red = [200, 20, 20]
  const backgrounds: readonly (readonly [background: string, format: 'png' | 'jpeg', thirds: number[][]])[] =
    [
      [
        '0000ff',
        'png',
        [
          [...red, 255],
          [100, 10, 137, 255],
          [0, 0, 255, 255],
        ],
      ],
      [
        '0000ff',
        'jpeg',
        [
          [...red, 255],
          [100, 10, 137, 255],
          [0, 0, 255, 255],
        ],
      ],
      [
        '000000',
        'jpeg',
        [
          [...red, 255],
          [100, 10, 10, 255],
          [0, 0, 0, 255],
        ],
      ],
      // Half of blue: under half of red three quarters are covered, two thirds of that red.
      [
        '0000ff80',
        'png',
        [
          [...red, 255],
          [133, 13, 98, 191],
          [0, 0, 255, 128],
        ],
      ],
      // JPEG has white below all.
      [
        '0000ff80',
        'jpeg',
        [
          [...red, 255],
          [164, 74, 137, 255],
          [127, 127, 255, 255],
        ],
      ],
    ]
  for (const [background, format, thirds] of backgrounds) {
    test(`shows a background of ${background} in ${format}`, async () => {
      await assertThirds(imageOf(await get('transparent.png', { background, format })), thirds)
    })
  }

  const padded: readonly (readonly [
    key: string,
    background: string | undefined,
    format: 'png' | 'jpeg' | 'auto',
    number[],
  ])[] = [
    ['opaque.jpg', '0000ff', 'png', [0, 0, 255, 255]],
    ['opaque.jpg', '0000ff', 'jpeg', [0, 0, 255, 255]],
    ['opaque.jpg', undefined, 'png', [0, 0, 0, 0]],
    ['opaque.jpg', undefined, 'jpeg', [255, 255, 255, 255]],
    ['opaque.jpg', '0000ff80', 'png', [0, 0, 255, 128]],
    ['opaque.jpg', '0000ff80', 'jpeg', [127, 127, 255, 255]],
    ['transparent.png', '0000ff', 'png', [0, 0, 255, 255]],
    ['transparent.png', undefined, 'png', [0, 0, 0, 0]],
    ['transparent.png', undefined, 'auto', [0, 0, 0, 0]],
    ['transparent.png', '0000ff80', 'png', [0, 0, 255, 128]],
    ['transparent.png', '0000ff80', 'jpeg', [127, 127, 255, 255]],
  ]
  for (const [key, background, format, colour] of padded) {
    test(`of contain's margins around ${key} on ${background ?? 'nothing'} in ${format} is ${colour}`, async () => {
      const given: VariantParameters = { width: 120, height: 120, fit: 'contain', background, format }
      const pixels = await decode(imageOf(await get(key, given)))
      assert.equal(pixels.height, 120)
      const alphaAlone = colour[3] === 0
      for (const down of [0.05, 0.95]) {
        const seen = pixels.at(0.5, down)
        assertNear(alphaAlone ? seen.slice(3) : seen, alphaAlone ? [0] : colour, tolerance, 'margin')
      }
    })
  }

  test('of an original that is opaque is not made up', async () => {
    for (const format of ['png', 'webp', 'avif'] as const) {
      const { hasAlpha } = await sharp(imageOf(await get('opaque.jpg', { width: 60, format }))).metadata()
      assert.equal(hasAlpha, false, format)
    }
  })
})

/** The colours of the left, middle and right third of a picture. */
async function assertThirds(bytes: Buffer, expected: readonly number[][]): Promise<void> {
  const pixels = await decode(bytes)
  for (const [index, colour] of expected.entries()) {
    assertNear(pixels.at((index + 0.5) / 3, 0.5), colour, tolerance, `third ${index}`)
  }
}
