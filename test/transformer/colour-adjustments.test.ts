import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { makeTurningAnimation } from '../images/animation.ts'
import { drawSvg } from '../images/drawing.ts'
import { makePhotograph } from '../images/photograph.ts'
import { assertNear, decode, measureDistance } from '../images/pixels.ts'
import { makeQuadrants, quadrants } from '../images/quadrants.ts'
import { createTransformer, imageOf } from './run.ts'

const { get, pictures } = createTransformer()

type Rgb = readonly number[]
type Given = Omit<VariantParameters, 'format'>

/** Of 255, between spaces of colour. */
const tolerance = 3

before(async () => {
  pictures['quadrants.png'] = await makeQuadrants(40, 40).png().toBuffer()
  pictures['photograph.png'] = await makePhotograph(90, 60).png().toBuffer()
  pictures['moving.gif'] = await makeTurningAnimation('gif', 60, 40)
})

/** A picture of one colour after `given`. */
async function adjust(colour: Rgb, given: Given): Promise<Rgb> {
  const [r = 0, g = 0, b = 0, alpha = 255] = colour
  const create = { width: 8, height: 8, channels: 4, background: { r, g, b, alpha: alpha / 255 } } as const
  const picture = sharp({ create })
  pictures.one = await (alpha === 255 ? picture.removeAlpha() : picture).png().toBuffer()
  return (await decode(imageOf(await get('one', { ...given, format: 'png' })))).at(0.5, 0.5)
}

/** L*, a*, b* of an sRGB colour. */
async function toLab([r = 0, g = 0, b = 0]: Rgb): Promise<readonly [number, number, number]> {
  const bytes = await sharp(Buffer.from([r, g, b]), { raw: { width: 1, height: 1, channels: 3 } })
    .toColourspace('lab')
    .raw({ depth: 'float' })
    .toBuffer()
  return [bytes.readFloatLE(0), bytes.readFloatLE(4), bytes.readFloatLE(8)]
}

const exact: readonly (readonly [colour: Rgb, Given, becomes: Rgb])[] = [
  [[100, 150, 200], { contrast: 0 }, [128, 128, 128]],
  [[100, 150, 200], { contrast: 0.5 }, [114, 139, 164]],
  [[100, 150, 200], { contrast: 2 }, [72, 172, 255]],
  [[128, 128, 128], { contrast: 10 }, [128, 128, 128]],
  [[128, 128, 128], { brightness: 0 }, [0, 0, 0]],
  [[128, 128, 128], { brightness: 10 }, [255, 255, 255]],
  [[128, 128, 128], { saturation: 10, hue: 200 }, [128, 128, 128]],
  [[90, 90, 90], { greyscale: '1' }, [90, 90, 90]],
  [[255, 255, 255], { tint: 'ff8000' }, [255, 255, 255]],
  [[0, 0, 0], { tint: 'ff8000' }, [0, 0, 0]],
]

suite('an adjustment of colour', () => {
  for (const [colour, given, becomes] of exact) {
    test(`with ${JSON.stringify(given)} makes ${becomes} of ${colour}`, async () => {
      assertNear(await adjust(colour, given), [...becomes, 255], tolerance)
    })
  }

  for (const given of [
    { brightness: 1 },
    { contrast: 1 },
    { saturation: 1 },
    { hue: 0 },
    { brightness: 1, contrast: 1, saturation: 1, hue: 0 },
  ]) {
    test(`with ${JSON.stringify(given)} changes nothing`, async () => {
      const plain = imageOf(await get('photograph.png', { format: 'png' }))
      assert.deepEqual(imageOf(await get('photograph.png', { ...given, format: 'png' })), plain)
    })
  }

  test('of brightness multiplies lightness', async () => {
    for (const factor of [0.5, 0.8, 1.2]) {
      const [before] = await toLab([120, 110, 100])
      const [after] = await toLab(await adjust([120, 110, 100], { brightness: factor }))
      assert.ok(Math.abs(after - before * factor) < 1, `${before} became ${after}`)
    }
  })

  test('of saturation multiplies chroma and keeps lightness', async () => {
    for (const factor of [0, 0.5, 1.5]) {
      const [lightness, a, b] = await toLab([120, 100, 90])
      const after = await toLab(await adjust([120, 100, 90], { saturation: factor }))
      assert.ok(Math.abs(after[0] - lightness) < 1)
      assert.ok(Math.abs(Math.hypot(after[1], after[2]) - Math.hypot(a, b) * factor) < 1.5)
    }
  })

  test('of hue turns it by degrees and keeps lightness', async () => {
    for (const degrees of [30, 90, 180, 359]) {
      const [lightness, a, b] = await toLab([140, 110, 100])
      const after = await toLab(await adjust([140, 110, 100], { hue: degrees }))
      assert.ok(Math.abs(after[0] - lightness) < 1)
      const turned = ((Math.atan2(after[2], after[1]) - Math.atan2(b, a)) * 180) / Math.PI
      const error = (((turned - degrees + 180) % 360) + 360) % 360
      assert.ok(Math.abs(error - 180) < 5, `${turned}, not ${degrees}`)
    }
  })

  test('of greyscale takes the colour and keeps lightness', async () => {
    for (const colour of Object.values(quadrants)) {
      const [r = 0, g = 0, b = 0] = await adjust(colour, { greyscale: '1' })
      assert.ok(r === g && g === b, `${r},${g},${b}`)
      const [before] = await toLab(colour)
      const [after] = await toLab([r, g, b])
      // By weights of sRGB, whose greys of saturated colours are a little off.
      assert.ok(Math.abs(before - after) < 12, `${before} became ${after}`)
    }
  })

  test('of tint gives its hue and keeps the lightness of greys', async () => {
    for (const grey of [60, 128, 190]) {
      const [, tintA, tintB] = await toLab([255, 128, 0])
      const [before] = await toLab([grey, grey, grey])
      const [after, a, b] = await toLab(await adjust([grey, grey, grey], { tint: 'ff8000' }))
      assert.ok(Math.abs(before - after) < 6, `${before} became ${after}`)
      const turned = Math.abs(Math.atan2(b, a) - Math.atan2(tintB, tintA))
      assert.ok(turned < 0.35 && Math.hypot(a, b) > 20, `${a},${b}`)
    }
  })

  test('of tint leaves nothing of other colours', async () => {
    const seen = await adjust([30, 200, 30], { tint: '0000ff' })
    assert.ok((seen[2] ?? 0) > (seen[1] ?? 0) && (seen[2] ?? 0) > (seen[0] ?? 0), seen.join())
    const both = await adjust([30, 200, 30], { tint: '0000ff', greyscale: '1' })
    assert.deepEqual(both, seen)
  })

  const all: readonly Given[] = [
    { brightness: 1.4 },
    { saturation: 2 },
    { hue: 120 },
    { contrast: 1.6 },
    { greyscale: '1' },
    { tint: 'ff8000' },
    { brightness: 1.2, saturation: 0.5, hue: 40, contrast: 1.3, tint: '00ff80' },
  ]
  for (const given of all) {
    const what = JSON.stringify(given)

    test(`with ${what} keeps opacity, and is the same where it is partial`, async () => {
      const opaque = await adjust([150, 100, 80, 255], { ...given, width: 4 })
      for (const alpha of [0, 60, 128, 254]) {
        // Scaled, which sharp does with colours multiplied by their opacity.
        const seen = await adjust([150, 100, 80, alpha], { ...given, width: 4 })
        assert.equal(seen[3], alpha)
        if (alpha > 0) assertNear(seen, opaque.slice(0, 3), alpha < 100 ? 9 : 5, `colour at ${alpha}`)
      }
    })

    test(`with ${what} touches neither margin nor background`, async () => {
      const paddedWith = { ...given, pad: 10, background: '3060c0', radius: 15, format: 'png' } as const
      const { at } = await decode(imageOf(await get('quadrants.png', paddedWith)))
      for (const place of [0, 11 / 60, 0.99]) assertNear(at(place, place), [48, 96, 192, 255], 1)
    })

    test(`with ${what} is the same in a still and in each frame of an animation`, async () => {
      const still = imageOf(await get('quadrants.png', { ...given, format: 'png' }))
      const bytes = imageOf(await get('moving.gif', { ...given, format: 'webp', quality: 100 }))
      assert.equal((await sharp(bytes).metadata()).pages, 3)
      const expected = await decode(still)
      for (const page of [0, 1, 2]) {
        const { at } = await decode(bytes, page)
        for (const place of [0.2, 0.8]) assertNear(at(place, 0.2), expected.at(place, 0.2), 14)
      }
    })
  }

  test('is done to grey and vector originals too', async () => {
    pictures['grey.jpg'] = await sharp({
      create: { width: 16, height: 16, channels: 3, background: '#808080' },
    })
      .toColourspace('b-w')
      .jpeg()
      .toBuffer()
    pictures['grey.svg'] = drawSvg('width="8" height="8"', '<rect width="8" height="8" fill="#808080"/>')
    for (const key of ['grey.jpg', 'grey.svg']) {
      const [r = 0, g = 0, b = 0] = (
        await decode(imageOf(await get(key, { tint: 'ff0000', format: 'png' })))
      ).at(0.5, 0.5)
      assert.ok(r > g + 50 && r > b + 50, `${key}: ${r},${g},${b}`)
    }
  })

  test('follows brightness, contrast, then colour', async () => {
    // Twice as bright is clipped to white before contrast can darken it.
    assertNear(await adjust([200, 200, 200], { brightness: 2, contrast: 0.5 }), [192, 192, 192], tolerance)
    // Red is clipped channel by channel, then grey: grey first it would be darker.
    const seen = await adjust([255, 0, 0], { contrast: 5, greyscale: '1' })
    assertNear(seen, await adjust([255, 0, 0], { greyscale: '1' }), 1)
  })

  test('of 16 bits a channel is that of 8', async () => {
    pictures['deep.png'] = await sharp(pictures['photograph.png'] as Buffer)
      .toColourspace('rgb16')
      .withIccProfile('p3')
      .png()
      .toBuffer()
    for (const given of all) {
      const [deep, plain] = [
        await get('deep.png', { ...given, format: 'png' }),
        await get('photograph.png', { ...given, format: 'png' }),
      ]
      assert.ok((await measureDistance(imageOf(deep), imageOf(plain))) < 2.3, JSON.stringify(given))
    }
  })
})
