import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { assertNear, decode } from '../images/pixels.ts'
import { makeOriented, quadrants } from '../images/quadrants.ts'
import { createTransformer, imageOf } from './run.ts'

/** Of 255: JPEG and chroma at a quarter of the pixels. */
const tolerance = 12

const orientations = [1, 2, 3, 4, 5, 6, 7, 8]

suite('a picture of an EXIF orientation', () => {
  for (const orientation of orientations) {
    for (const original of ['jpeg', 'webp', 'tiff', 'png'] as const) {
      test(`of ${orientation} in ${original} comes out upright`, async () => {
        const picture = await makeOriented(orientation, 120, 80, original)
        assert.equal((await sharp(picture).metadata()).orientation ?? 1, orientation)
        const bytes = await getOne(picture, { width: 60, format: 'png' })
        assert.equal((await sharp(bytes).metadata()).orientation, undefined)
        await assertUpright(bytes, '60×40')
      })
    }

    test(`of ${orientation} is measured and cropped upright`, async () => {
      const picture = await makeOriented(orientation, 120, 80)
      const { headers } = await createTransformer({ x: picture }).get('x', { format: 'webp' })
      assert.match(
        headers['x-fovea-variant'] ?? '',
        /width=120, height=80,.*original-width=120, original-height=80/,
      )
      const corner = await decode(await getOne(picture, { crop: '60_0_60_40', format: 'png' }))
      assert.equal(`${corner.width}×${corner.height}`, '60×40')
      assertNear(corner.at(0.5, 0.5), quadrants.northeast, tolerance)
      const cover = await decode(
        await getOne(picture, { width: 20, height: 80, gravity: 'west', format: 'png' }),
      )
      assertNear(cover.at(0.5, 0.25), quadrants.northwest, tolerance)
      assertNear(cover.at(0.5, 0.75), quadrants.southwest, tolerance)
    })
  }

  test('that no standard knows is taken as it lies', async () => {
    const picture = await makeOriented(1, 120, 80)
    const exif = picture.indexOf(Buffer.from('Exif\0\0'))
    const entry = picture.indexOf(Buffer.from('1201030001000000', 'hex'), exif)
    assert.ok(exif > 0 && entry > exif)
    picture.writeUInt16LE(9, entry + 8)
    await assertUpright(await getOne(picture, { format: 'png' }), '120×80')
  })
})

async function getOne(picture: Buffer, parameters: VariantParameters): Promise<Buffer> {
  return imageOf(await createTransformer({ x: picture }).get('x', parameters))
}

async function assertUpright(bytes: Buffer, size: string): Promise<void> {
  const pixels = await decode(bytes)
  assert.equal(`${pixels.width}×${pixels.height}`, size)
  for (const [corner, colour] of Object.entries(quadrants)) {
    const across = corner.endsWith('west') ? 0.25 : 0.75
    const down = corner.startsWith('north') ? 0.25 : 0.75
    assertNear(pixels.at(across, down), colour, tolerance, corner)
  }
}
