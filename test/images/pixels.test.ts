import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import { makeBigPng } from './big-png.ts'
import { convertToSrgb } from './colour-math.ts'
import { makePhotograph } from './photograph.ts'
import { assertNear, isNear, measureDistance } from './pixels.ts'

const photograph = await makePhotograph(120, 80).png().toBuffer()

suite('measureDistance', () => {
  test('is nothing between a picture and itself, whatever its size', async () => {
    assert.equal(await measureDistance(photograph, photograph), 0)
    const half = await sharp(photograph).resize(60).png().toBuffer()
    assert.ok((await measureDistance(photograph, half)) < 3)
  })

  const spoilt = {
    turned: sharp(photograph).rotate(180),
    mirrored: sharp(photograph).flip(),
    negative: sharp(photograph).negate(),
    stacked: sharp({ create: { width: 120, height: 240, channels: 3, background: 'white' } }).composite([
      { input: photograph, tile: true },
    ]),
    black: sharp(photograph).linear(0, 0),
  }
  for (const [name, picture] of Object.entries(spoilt)) {
    test(`is above 10 to one that is ${name}`, async () => {
      const distance = await measureDistance(photograph, await picture.png().toBuffer())
      assert.ok(distance > 10, `ΔE ${distance.toFixed(1)}`)
    })
  }
})

suite('isNear', () => {
  test('compares every channel that is expected', () => {
    assert.equal(isNear([10, 20, 30, 255], [12, 18, 30], 2), true)
    assert.equal(isNear([10, 20, 30], [13, 20, 30], 2), false)
    assert.equal(isNear([10, 20, 30, 0], [10, 20, 30, 255], 2), false)
    assert.equal(isNear([], [10], 255), false)
  })
})

suite('convertToSrgb', () => {
  test('changes nothing of sRGB and of greys', () => {
    assertNear(convertToSrgb([10, 120, 250], 'srgb'), [10, 120, 250], 0)
    assertNear(convertToSrgb([128, 128, 128], 'display-p3'), [128, 128, 128], 0)
  })

  // The primaries of sRGB as the wider spaces spell them.
  const spelt = [
    ['display-p3', [234, 51, 35], [255, 0, 0]],
    ['display-p3', [117, 251, 76], [0, 255, 0]],
    ['adobe-rgb', [219, 0, 0], [255, 0, 0]],
  ] as const
  for (const [space, given, expected] of spelt) {
    test(`finds ${expected} where ${space} says ${given}`, () => {
      // What rounds to one of 255 is much near black: the curve is steep there.
      assertNear(convertToSrgb(given, space), expected, 12)
    })
  }

  test('clips what sRGB cannot show', () => {
    assertNear(convertToSrgb([0, 255, 0], 'adobe-rgb'), [0, 255, 0], 0)
  })
})

suite('makeBigPng', () => {
  test('makes 50,000 × 50,000 quickly and small', () => {
    const startedAt = performance.now()
    assert.ok(makeBigPng(50_000, 50_000).length < 500_000)
    assert.ok(performance.now() - startedAt < 1000)
  })

  test('makes a picture that is whole', async () => {
    const { channels } = await sharp(makeBigPng(1000, 100), { failOn: 'warning' }).stats()
    assert.equal(channels[0]?.max, 0)
  })
})
