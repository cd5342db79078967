import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { makeTurningAnimation } from '../images/animation.ts'
import { drawSvg } from '../images/drawing.ts'
import { assertNear, decode, type Pixels } from '../images/pixels.ts'
import { makeQuadrants, quadrants } from '../images/quadrants.ts'
import { makeTransparent } from '../images/transparency.ts'
import { createTransformer, imageOf } from './run.ts'

const { get, pictures } = createTransformer()

const clear = [0, 0, 0, 0]
const white = [255, 255, 255, 255]
const blue = [0, 0, 255, 255]

/** Of 255: JPEG and its chroma at a quarter of the pixels. */
const tolerance = 14

before(async () => {
  pictures['quadrants.png'] = await makeQuadrants(120, 80).png().toBuffer()
  pictures['transparent.png'] = await makeTransparent(120, 80).png().toBuffer()
  pictures['moving.gif'] = await makeTurningAnimation('gif', 60, 40)
  pictures['grey.jpg'] = await sharp({
    create: { width: 120, height: 80, channels: 3, background: '#707070' },
  })
    .toColourspace('b-w')
    .jpeg()
    .toBuffer()
})

const padded: readonly (readonly [VariantParameters, size: string, margin: readonly number[]])[] = [
  [{ pad: 10, format: 'png' }, '140×100', clear],
  [{ pad: 10, format: 'webp' }, '140×100', clear],
  [{ pad: 10, format: 'avif' }, '140×100', clear],
  [{ pad: 10, format: 'jpeg' }, '140×100', white],
  [{ pad: 10, format: 'auto' }, '140×100', white],
  [{ pad: 10, background: '0000ff', format: 'png' }, '140×100', blue],
  [{ pad: 10, background: '0000ff', format: 'jpeg' }, '140×100', blue],
  [{ pad: 10, background: '0000ff80', format: 'png' }, '140×100', [0, 0, 255, 128]],
  [{ pad: 10, background: '0000ff80', format: 'jpeg' }, '140×100', [127, 127, 255, 255]],
  // Beyond the size that is asked for.
  [{ pad: 10, width: 60, format: 'png' }, '80×60', clear],
  [{ pad: 10, width: 40, height: 40, format: 'png' }, '60×60', clear],
  [{ pad: 10, width: 60, height: 60, fit: 'contain', format: 'png' }, '80×80', clear],
  [{ pad: 10, width: 60, height: 60, fit: 'contain', background: '0000ff', format: 'png' }, '80×80', blue],
  [{ pad: 10, rotate: '90', format: 'png' }, '100×140', clear],
  [{ pad: 1, format: 'png' }, '122×82', clear],
]

suite('pad', () => {
  for (const [given, size, margin] of padded) {
    test(`with ${JSON.stringify(given).replace(/["{}]/g, '')} is ${size} with ${margin} around it`, async () => {
      const pixels = await decode(imageOf(await get('quadrants.png', given)))
      assert.equal(`${pixels.width}×${pixels.height}`, size)
      assertMargin(pixels, margin)
    })
  }

  test('leaves the picture where its margin ends', async () => {
    const pixels = await decode(imageOf(await get('quadrants.png', { pad: 10, format: 'png' })))
    assert.equal(pixels.at(9.5 / 140, 0.25)[3], 0)
    assertNear(pixels.at(10.5 / 140, 0.25), quadrants.northwest, 0)
    assertNear(pixels.at(129.5 / 140, 0.75), quadrants.southeast, 0)
    assert.equal(pixels.at(130.5 / 140, 0.75)[3], 0)
  })

  test('of a half-transparent background is no thicker than what lies under the picture', async () => {
    const given = { pad: 10, background: '0000ff80', format: 'png' } as const
    const pixels = await decode(imageOf(await get('transparent.png', given)))
    assertMargin(pixels, [0, 0, 255, 128])
    assertNear(pixels.at(0.85, 0.5), [0, 0, 255, 128], 2)
  })

  for (const given of [
    { pad: 10, background: '0000ff' },
    { width: 120, height: 120, fit: 'contain', background: '0000ff' },
  ] as const) {
    test(`around a grey picture has its colour with ${JSON.stringify(given)}`, async () => {
      for (const format of ['png', 'jpeg'] as const) {
        const pixels = await decode(imageOf(await get('grey.jpg', { ...given, format })))
        assertNear(pixels.at(0.5, 0.01), blue, tolerance)
        assertNear(pixels.at(0.5, 0.5), [112, 112, 112, 255], tolerance)
      }
    })
  }

  test('surrounds every frame of an animation', async () => {
    const given = { pad: 8, background: '0000ff', width: 30, format: 'gif' } as const
    const bytes = imageOf(await get('moving.gif', given))
    for (const page of [0, 1, 2]) {
      const pixels = await decode(bytes, page)
      assert.equal(`${pixels.width}×${pixels.height}`, '46×36')
      assertMargin(pixels, blue)
      assertNear(pixels.at(0.3, 0.35), quadrants.northwest, tolerance)
    }
  })

  test('surrounds a vector graphic', async () => {
    pictures['black.svg'] = drawSvg('width="10" height="10"', '<rect width="10" height="10"/>')
    const pixels = await decode(imageOf(await get('black.svg', { pad: 20, width: 100, format: 'png' })))
    assert.equal(pixels.width, 140)
    assertMargin(pixels, clear)
    assertNear(pixels.at(21 / 140, 0.5), [0, 0, 0, 255], 3)
  })

  test('is over the limit where the sides become too long', async () => {
    pictures['long.png'] = await makeQuadrants(8190, 4).png().toBuffer()
    assert.equal((await get('long.png', { pad: 1, format: 'png' })).status, 200)
    const { status, headers } = await get('long.png', { pad: 2, format: 'png' })
    assert.equal(`${status} ${headers['x-fovea-error']}`, '415 over-limit')
  })

  test('is over the limit where the pixels become too many', async () => {
    const small = createTransformer(pictures, { settings: { maxOutputPixels: 120 * 80 + 500 } })
    assert.equal((await small.get('quadrants.png', { pad: 1, format: 'png' })).status, 200)
    const { status, headers } = await small.get('quadrants.png', { pad: 3, format: 'png' })
    assert.equal(`${status} ${headers['x-fovea-error']}`, '415 over-limit')
  })
})

function assertMargin({ at }: Pixels, colour: readonly number[]): void {
  const unseen = colour[3] === 0
  for (const [across, down] of [
    [0, 0],
    [0.99, 0],
    [0, 0.99],
    [0.99, 0.99],
    [0.5, 0],
    [0, 0.5],
  ] as const) {
    const seen = at(across, down)
    assertNear(unseen ? seen.slice(3) : seen, unseen ? [0] : colour, unseen ? 0 : tolerance, 'margin')
  }
}
