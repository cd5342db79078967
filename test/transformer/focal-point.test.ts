import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { usesFocalPoint } from '../../transformer/plan/focal-point.ts'
import { createTransformer, imageOf, problemOf } from './run.ts'

const { get, pictures } = createTransformer()
/** The same originals without a focal point. */
const plain = createTransformer()

/** The middle of a red square in a blue picture of 400 × 200. */
const spot = { x: 330, y: 40 }
const focalPoint = `${spot.x / 400}_${spot.y / 200}`

before(async () => {
  const blue = sharp({ create: { width: 400, height: 200, channels: 3, background: '#0000d0' } })
  const red = { create: { width: 60, height: 60, channels: 3, background: '#d00000' } } as const
  const drawn = blue.composite([{ input: red, left: spot.x - 30, top: spot.y - 30 }])
  const bytes = await drawn.png().toBuffer()
  pictures['spot.png'] = { bytes, etag: '"one"', focalPoint }
  plain.pictures['spot.png'] = { bytes, etag: '"one"' }
  // As a camera held sideways: upright it is the same picture.
  const sideways = await sharp(bytes)
    .rotate(90)
    .jpeg({ quality: 95 })
    .withMetadata({ orientation: 8 })
    .toBuffer()
  pictures['sideways.jpg'] = { bytes: sideways, etag: '"one"', focalPoint }
})

/** How much of a variant is red, 0–1. */
async function measureRed(key: string, given: VariantParameters): Promise<number> {
  const { data, info } = await sharp(imageOf(await get(key, given)))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  let red = 0
  for (let at = 0; at < data.length; at += info.channels) {
    if ((data[at] ?? 0) > 150 && (data[at + 2] ?? 0) < 100) red++
  }
  return red / (info.width * info.height)
}

/** A crop of 60 pixels around the spot would be all red; where an edge stops it, it is a little less. */
const whole = 0.9

suite('a focal point', () => {
  const small = { width: 60, height: 60, crop: '300_10_100_60', format: 'png' } as const

  test('is what a crop keeps', async () => {
    assert.ok((await measureRed('spot.png', small)) > whole)
    const [pointed, middle] = [await get('spot.png', small), await plain.get('spot.png', small)]
    assert.notDeepEqual(imageOf(pointed), imageOf(middle))
  })

  test('is that of the picture as it is seen', async () => {
    assert.ok((await measureRed('sideways.jpg', small)) > whole)
  })

  for (const rotate of [undefined, '90', '180', '270'] as const) {
    for (const flip of [undefined, 'h', 'v', 'hv'] as const) {
      test(`goes where the picture is turned: rotate ${rotate ?? 0}, flip ${flip ?? 'none'}`, async () => {
        // A band as narrow as the spot, across the picture's longer side.
        const given: VariantParameters = { aspect: '1-1', rotate, flip, format: 'png' }
        const kept = await measureRed('spot.png', given)
        assert.ok(kept > 0.089 && kept <= 0.0901, String(kept))
      })
    }
  }

  test('that was cut away is the edge next to it', async () => {
    const left = { crop: '0_0_200_200', width: 50, height: 100, format: 'png' } as const
    assert.equal(await measureRed('spot.png', left), 0)
    const { status } = await get('spot.png', left)
    assert.equal(status, 200)
  })

  test('gives way to what the URL says', async () => {
    for (const gravity of ['west', 'centre', '0.10_0.90'] as const) {
      assert.equal(await measureRed('spot.png', { aspect: '1-2', gravity, format: 'png' }), 0, gravity)
    }
  })

  test('does not move what contain places', async () => {
    const given = { width: 100, height: 100, fit: 'contain', format: 'png' } as const
    const [pointed, without] = [await get('spot.png', given), await plain.get('spot.png', given)]
    assert.deepEqual(imageOf(pointed), imageOf(without))
    assert.equal(pointed.headers.etag, without.headers.etag)
  })

  test('changes the ETag of what it may crop, and of no other variant', async () => {
    const rows: readonly (readonly [given: VariantParameters, changes: boolean])[] = [
      [{ width: 50, height: 50, format: 'webp' }, true],
      [{ aspect: '1-1', format: 'webp' }, true],
      [{ format: 'json' }, true],
      [{ width: 50, height: 50, gravity: 'north', format: 'webp' }, false],
      [{ width: 50, height: 50, gravity: 'centre', format: 'webp' }, false],
      [{ width: 50, height: 50, fit: 'inside', format: 'webp' }, false],
      [{ width: 50, format: 'webp' }, false],
      [{ format: 'thumbhash' }, false],
    ]
    for (const [given, changes] of rows) {
      assert.equal(usesFocalPoint(given), changes, JSON.stringify(given))
      const [pointed, without] = [await get('spot.png', given), await plain.get('spot.png', given)]
      assert.equal(pointed.headers.etag !== without.headers.etag, changes, JSON.stringify(given))
      // What its ETag says is answered from the head alone, by the same rule.
      const again = await get('spot.png', given, { 'if-none-match': String(pointed.headers.etag) })
      assert.equal(again.status, 304)
    }
  })

  test('is told by format=json, and is not there where there is none', async () => {
    assert.deepEqual(problemOf(await get('spot.png', { format: 'json' })).focalPoint, { x: 0.825, y: 0.2 })
    assert.equal('focalPoint' in problemOf(await plain.get('spot.png', { format: 'json' })), false)
  })
})
