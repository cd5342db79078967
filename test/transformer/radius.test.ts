import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { makeTurningAnimation } from '../images/animation.ts'
import { assertNear, decode, type Pixels } from '../images/pixels.ts'
import { makeTransparent } from '../images/transparency.ts'
import { createTransformer, imageOf } from './run.ts'

const { get, pictures } = createTransformer()

const plain = [180, 60, 40]
const white = [255, 255, 255]
const blue = [0, 0, 255]

before(async () => {
  const [r = 0, g = 0, b = 0] = plain
  const create = { width: 120, height: 80, channels: 3, background: { r, g, b } } as const
  pictures['plain.png'] = await sharp({ create }).png().toBuffer()
  pictures['transparent.png'] = await makeTransparent(120, 80).png().toBuffer()
  pictures['moving.gif'] = await makeTurningAnimation('gif', 60, 40)
})

/** Of so many pixels, how many a picture of 120 × 80 loses at its corners. */
const lost = (radius: number) => (4 - Math.PI) * radius ** 2

suite('radius', () => {
  for (const radius of [1, 8, 20, 40, 4096, 'max'] as const) {
    const effective = Math.min(40, radius === 'max' ? 40 : radius)
    test(`of ${radius} cuts off what a circle of ${effective} px leaves out, its edge blended`, async () => {
      const { data } = await sharp(imageOf(await get('plain.png', { radius, format: 'png' })))
        .raw()
        .toBuffer({ resolveWithObject: true })
      let [opacity, blended] = [0, 0]
      for (let at = 0; at < data.length; at += 4) {
        const alpha = data[at + 3] ?? 0
        opacity += alpha / 255
        if (alpha > 0 && alpha < 255) blended++
        if (alpha > 40) assertNear([...data.subarray(at, at + 3)], plain, 6)
      }
      const expected = 120 * 80 - lost(effective)
      assert.ok(Math.abs(opacity - expected) < 1 + effective * 0.3, `${opacity}, not ${expected}`)
      assert.ok(blended >= 4 && blended < effective * 12 + 8, `${blended} blended pixels`)
    })
  }

  // librsvg counts 15 × 17 points in a pixel, so that coverage is right to some 16 of 255.
  test('is the same at all four corners', async () => {
    const { at } = await decode(imageOf(await get('plain.png', { radius: 20, format: 'png' })))
    for (let x = 0; x < 20; x++) {
      for (let y = 0; y < 20; y++) {
        const [left, right] = [(x + 0.5) / 120, 1 - (x + 0.5) / 120]
        const [top, bottom] = [(y + 0.5) / 80, 1 - (y + 0.5) / 80]
        const alphas = [at(left, top), at(right, top), at(left, bottom), at(right, bottom)].map(
          (pixel) => pixel[3] ?? 0,
        )
        assert.ok(Math.max(...alphas) - Math.min(...alphas) <= 16, `${x},${y}: ${alphas}`)
      }
    }
  })

  const corners: readonly (readonly [VariantParameters, type: string, corner: readonly number[]])[] = [
    [{ radius: 30, format: 'png' }, 'image/png', []],
    [{ radius: 30, format: 'webp' }, 'image/webp', []],
    [{ radius: 30, format: 'avif' }, 'image/avif', []],
    [{ radius: 30, format: 'gif' }, 'image/gif', []],
    // Transparency is never lost to JPEG unless that is asked for.
    [{ radius: 30, format: 'auto' }, 'image/png', []],
    [{ radius: 30, format: 'auto.webp' }, 'image/webp', []],
    [{ radius: 30, format: 'jpeg' }, 'image/jpeg', white],
    [{ radius: 30, background: '0000ff', format: 'jpeg' }, 'image/jpeg', blue],
    [{ radius: 30, background: '0000ff', format: 'png' }, 'image/png', [...blue, 255]],
    [{ radius: 30, background: '0000ff80', format: 'png' }, 'image/png', [...blue, 128]],
    [{ radius: 30, background: '0000ff80', format: 'jpeg' }, 'image/jpeg', [127, 127, 255]],
  ]
  for (const [given, type, corner] of corners) {
    test(`shows in the corners of ${JSON.stringify(given)} ${corner.join() || 'nothing'}`, async () => {
      const received = await get('plain.png', given)
      assert.equal(received.headers['content-type'], type)
      const pixels = await decode(imageOf(received))
      assertCorners(pixels, corner)
      assertNear(pixels.at(0.5, 0.5), [...plain, 255], 8)
    })
  }

  test('rounds the picture and not the margin around it', async () => {
    const given = { radius: 40, pad: 10, background: '0000ff', format: 'png' } as const
    const pixels = await decode(imageOf(await get('plain.png', given)))
    assert.equal(`${pixels.width}×${pixels.height}`, '140×100')
    assertCorners(pixels, [...blue, 255])
    assertNear(pixels.at(12 / 140, 12 / 100), [...blue, 255], 2)
    assertNear(pixels.at(12 / 140, 0.5), [...plain, 255], 2)
  })

  test('makes a circle of a square', async () => {
    const given = { radius: 'max', width: 60, height: 60, format: 'png' } as const
    const pixels = await decode(imageOf(await get('plain.png', given)))
    for (let degrees = 0; degrees < 360; degrees += 15) {
      const [x, y] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
      assert.equal(pixels.at(0.5 + 0.47 * x, 0.5 + 0.47 * y)[3], 255)
      const beyond = [0.5 + 0.53 * x, 0.5 + 0.53 * y] as const
      if (beyond.every((share) => share >= 0 && share < 1)) assert.equal(pixels.at(...beyond)[3], 0)
    }
  })

  test('keeps what was transparent so', async () => {
    const pixels = await decode(imageOf(await get('transparent.png', { radius: 20, format: 'png' })))
    assertCorners(pixels, [])
    assertNear(pixels.at(0.5, 0.5), [200, 20, 20, 128], 3)
    assert.equal(pixels.at(0.85, 0.5)[3], 0)
  })

  test('rounds each frame of an animation', async () => {
    for (const format of ['webp', 'gif'] as const) {
      const bytes = imageOf(await get('moving.gif', { radius: 15, width: 40, format }))
      assert.equal((await sharp(bytes).metadata()).pages, 3)
      for (const page of [0, 1, 2]) {
        const pixels = await decode(bytes, page)
        assertCorners(pixels, [])
        assert.equal(pixels.at(0.3, 0.5)[3], 255)
      }
    }
  })
})

/** @param colour nothing for transparent, whatever its colour. */
function assertCorners({ at }: Pixels, colour: readonly number[]): void {
  for (const [across, down] of [
    [0, 0],
    [0.99, 0],
    [0, 0.99],
    [0.99, 0.99],
  ] as const) {
    const seen = at(across, down)
    if (colour.length === 0) assert.equal(seen[3], 0)
    else assertNear(seen, colour, 8, 'corner')
  }
}
