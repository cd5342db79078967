import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { frames } from '../images/animation.ts'
import { drawSvg } from '../images/drawing.ts'
import { assertNear, decode } from '../images/pixels.ts'
import { makeQuadrants, quadrants } from '../images/quadrants.ts'
import { createTransformer, imageOf, problemOf } from './run.ts'

const { get, pictures } = createTransformer()

/** Quadrants of 60 × 40 with an edge of 30 px to the left, 10 above, 20 to the right, 40 below. */
const edge = { left: 30, top: 10, right: 20, bottom: 40 }
const bordered = (background: string) => makeQuadrants(60, 40).extend({ ...edge, background })

before(async () => {
  pictures['white.png'] = await bordered('white').png().toBuffer()
  pictures['white.jpg'] = await bordered('white').jpeg({ quality: 95 }).toBuffer()
  pictures['clear.png'] = await bordered('#00000000').png().toBuffer()
  pictures['deep.png'] = await sharp(pictures['white.png']).toColourspace('rgb16').png().toBuffer()
  pictures['plain.png'] = await sharp({
    create: { width: 30, height: 20, channels: 3, background: '#30a030' },
  })
    .png()
    .toBuffer()
  pictures['tiny.png'] = await sharp({ create: { width: 1, height: 2, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  pictures['whole.png'] = await makeQuadrants(60, 40).png().toBuffer()
  pictures['icon.svg'] = drawSvg('width="100" height="60"', '<rect x="20" y="10" width="50" height="40"/>')
})

const trimmed: readonly (readonly [
  key: string,
  given: Omit<VariantParameters, 'format'>,
  size: string,
  tolerance: number,
])[] = [
  ['white.png', { trim: 10 }, '60×40', 2],
  ['white.png', { trim: 0 }, '60×40', 2],
  ['clear.png', { trim: 10 }, '60×40', 2],
  ['deep.png', { trim: 10 }, '60×40', 2],
  // What `width`, `aspect` and `crop` say is of what is left.
  ['white.png', { trim: 10, width: 30 }, '30×20', 12],
  ['white.png', { trim: 10, aspect: '1-1' }, '40×40', 2],
  ['white.png', { trim: 10, width: 500 }, '60×40', 2],
  ['white.png', { trim: 10, crop: '10_10_40_20' }, '40×20', 2],
  ['white.png', { trim: 10, crop: '0.2500_0.2500_0.5000_0.5000' }, '30×20', 2],
  ['white.png', { trim: 10, rotate: '180', flip: 'hv' }, '60×40', 2],
]

suite('trim', () => {
  for (const [key, given, size, tolerance] of trimmed) {
    test(`of ${key} with ${JSON.stringify(given).replace(/["{}]/g, '')} leaves ${size}`, async () => {
      await assertQuadrants(imageOf(await get(key, { ...given, format: 'png' })), size, tolerance)
    })
  }

  test('cuts what JPEG has made uneven too, to a pixel or its blocks', async () => {
    const { width, height } = await decode(imageOf(await get('white.jpg', { trim: 30, format: 'png' })))
    assert.ok(Math.abs(width - 60) <= 8 && Math.abs(height - 40) <= 8, `${width}×${height}`)
  })

  for (const [key, size] of [
    ['plain.png', '30×20'],
    ['tiny.png', '1×2'],
    ['whole.png', '60×40'],
  ] as const) {
    test(`leaves ${key} whole`, async () => {
      const { width, height } = await decode(imageOf(await get(key, { trim: 50, format: 'png' })))
      assert.equal(`${width}×${height}`, size)
    })
  }

  test('looks at the picture upright', async () => {
    for (const orientation of [3, 6, 8]) {
      // The corner of the file is not the corner that is seen: only the latter has an edge.
      const degrees = { 3: 180, 6: 270, 8: 90 }[orientation]
      const upright = await makeQuadrants(60, 40)
        .extend({ left: 16, top: 16, background: 'white' })
        .png()
        .toBuffer()
      pictures.oriented = await sharp(upright).rotate(degrees).withMetadata({ orientation }).png().toBuffer()
      await assertQuadrants(imageOf(await get('oriented', { trim: 10, format: 'png' })), '60×40', 2)
    }
  })

  test('draws a vector graphic as large as what is left of it should be', async () => {
    const pixels = await decode(imageOf(await get('icon.svg', { trim: 10, width: 500, format: 'png' })))
    assert.equal(`${pixels.width}×${pixels.height}`, '500×400')
    for (const place of [0.002, 0.998]) assertNear(pixels.at(place, place), [0, 0, 0, 255], 3)
  })

  test('takes the box of the first frame for a whole animation', async () => {
    const drawn = frames.map((colour, index) => {
      const box = Buffer.alloc(20 * 10 * 3, Buffer.from(colour))
      return sharp({ create: { width: 60, height: 40, channels: 3, background: 'white' } })
        .composite([{ input: box, raw: { width: 20, height: 10, channels: 3 }, left: 10 + index, top: 5 }])
        .removeAlpha()
        .raw()
        .toBuffer()
    })
    const raw = { width: 60, height: 120, channels: 3, pageHeight: 40 } as const
    pictures['moving.gif'] = await sharp(Buffer.concat(await Promise.all(drawn)), { raw })
      .gif()
      .toBuffer()
    const bytes = imageOf(await get('moving.gif', { trim: 10, format: 'gif' }))
    for (const [page, colour] of frames.entries()) {
      const pixels = await decode(bytes, page)
      assert.equal(`${pixels.width}×${pixels.height}`, '20×10')
      assertNear(pixels.at(0.5, 0.5), colour, 10)
      assertNear(pixels.at(0, 0.5), page === 0 ? colour : [255, 255, 255], 10)
    }
  })

  test('tells a crop beyond what is left how large that is', async () => {
    const answer = await get('white.png', { trim: 10, crop: '0_0_61_40', format: 'png' })
    assert.equal(answer.status, 400)
    assert.match(String(problemOf(answer).expected), /60 × 40/)
  })

  test('blames an original that is damaged', async () => {
    pictures.damaged = (pictures['white.jpg'] as Buffer).subarray(0, 900)
    assert.equal((await get('damaged', { trim: 10, format: 'png' })).status, 415)
  })

  test('looks at no pixel where it is not asked for', async () => {
    const { headers } = await get('white.png', { width: 30, format: 'png' })
    assert.doesNotMatch(headers['server-timing'] ?? '', /trim/)
    const asked = await get('white.png', { width: 30, trim: 10, format: 'png' })
    assert.match(asked.headers['server-timing'] ?? '', /trim;dur=/)
  })
})

async function assertQuadrants(bytes: Buffer, size: string, tolerance: number): Promise<void> {
  const pixels = await decode(bytes)
  assert.equal(`${pixels.width}×${pixels.height}`, size)
  const { northwest, northeast, southwest, southeast } = quadrants
  assertNear(pixels.at(0, 0), northwest, tolerance)
  assertNear(pixels.at(0.99, 0), northeast, tolerance)
  assertNear(pixels.at(0, 0.99), southwest, tolerance)
  assertNear(pixels.at(0.99, 0.99), southeast, tolerance)
}
