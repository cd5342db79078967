import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import { convertToSrgb, type Rgb } from '../images/colour-math.ts'
import { makeDeepPatches, makePatches, patches, patchSide } from '../images/colour-patches.ts'
import { makeIccProfile, type SpaceName } from '../images/icc-profile.ts'
import { embedProfile as embedInJpeg } from '../images/jpeg-segments.ts'
import { makePhotograph } from '../images/photograph.ts'
import { assertNear, decode, isNear, measureDistance } from '../images/pixels.ts'
import { embedProfile as embedInPng } from '../images/png-chunks.ts'
import { createTransformer, imageOf } from './run.ts'

/** Of 255: JPEG at quality 100, a curve of 1024 points, colorants of five digits. */
const tolerance = 3

/** Of 255, for lossy output at its default quality. */
const lossyTolerance = 5

const jpeg = (colours: readonly Rgb[] = patches) =>
  makePatches(colours).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer()

suite('colours', () => {
  for (const space of ['adobe-rgb', 'display-p3'] as const) {
    const expected = patches.map((patch) => convertToSrgb(patch, space))

    test(`of ${space} are others than those of sRGB by more than the tolerance`, () => {
      const naive = patches.filter(
        (patch, index) => !isNear(patch, expected[index] ?? [], lossyTolerance + 1),
      )
      assert.ok(naive.length >= 3, 'a transformer that drops the profile fails the tests below')
    })

    for (const format of ['png', 'jpeg', 'webp', 'avif'] as const) {
      test(`of a JPEG in ${space} become sRGB in ${format}`, async () => {
        const picture = embedInJpeg(await jpeg(), makeIccProfile(space))
        await assertPatches(picture, expected, format)
      })
    }

    test(`of a PNG in ${space} become sRGB`, async () => {
      const picture = embedInPng(await makePatches().png().toBuffer(), makeIccProfile(space))
      await assertPatches(picture, expected)
    })

    test(`of a PNG of 16 bits in ${space} become sRGB`, async () => {
      await assertPatches(
        embedInPng(await makeDeepPatches().png().toBuffer(), makeIccProfile(space)),
        expected,
      )
    })
  }

  const unchanged: Record<string, () => Promise<Buffer>> = {
    'a JPEG without a profile': jpeg,
    'a JPEG with a profile of sRGB': async () => embedInJpeg(await jpeg(), makeIccProfile('srgb')),
    'a JPEG with a broken profile': async () => embedInJpeg(await jpeg(), Buffer.alloc(200, 'no profile')),
    'a PNG': () => makePatches().png().toBuffer(),
    'a PNG of 16 bits': () => makeDeepPatches().png().toBuffer(),
    'a PNG of 16 bits with a profile of sRGB': async () =>
      embedInPng(await makeDeepPatches().png().toBuffer(), makeIccProfile('srgb' satisfies SpaceName)),
  }
  for (const [name, make] of Object.entries(unchanged)) {
    test(`of ${name} stay as they are`, async () => assertPatches(await make(), patches))
  }

  test('of a greyscale JPEG stay grey', async () => {
    const picture = await makePatches([
      [40, 40, 40],
      [128, 128, 128],
      [220, 220, 220],
    ])
      .greyscale()
      .jpeg()
      .toBuffer()
    await assertPatches(picture, [
      [40, 40, 40],
      [128, 128, 128],
      [220, 220, 220],
    ])
  })

  for (const withProfile of [true, false]) {
    test(`of a CMYK JPEG ${withProfile ? 'with' : 'without'} a profile look as before, not inverted`, async () => {
      const photograph = await makePhotograph(200, 150).png().toBuffer()
      const converted = sharp(photograph).toColourspace('cmyk')
      const picture = await (withProfile ? converted.withIccProfile('cmyk') : converted)
        .jpeg({ quality: 95 })
        .toBuffer()
      assert.equal((await sharp(picture).metadata()).space, 'cmyk')
      for (const format of ['jpeg', 'webp', 'avif', 'png'] as const) {
        const bytes = imageOf(await createTransformer({ x: picture }).get('x', { format }))
        assert.notEqual((await sharp(bytes).metadata()).space, 'cmyk')
        // Inks do not reach every colour of a screen: seen side by side, but the same picture.
        const distance = await measureDistance(bytes, photograph)
        assert.ok(distance < 8, `${format}: ΔE ${distance.toFixed(1)}`)
        const negative = await sharp(photograph).negate().png().toBuffer()
        assert.ok((await measureDistance(bytes, negative)) > 40)
      }
    })
  }
})

async function assertPatches(
  picture: Buffer,
  expected: readonly Rgb[],
  format: 'png' | 'jpeg' | 'webp' | 'avif' = 'png',
): Promise<void> {
  const pixels = await decode(
    imageOf(await createTransformer({ x: picture }).get('x', { format, quality: 95 })),
  )
  assert.equal(pixels.width, expected.length * patchSide)
  for (const [index, colour] of expected.entries()) {
    const seen = pixels.at((index + 0.5) / expected.length, 0.5)
    assertNear(seen, colour, format === 'png' ? tolerance : lossyTolerance, `patch ${index}`)
  }
}
