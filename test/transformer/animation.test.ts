import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { frames, makeAnimation, makeEndlessGif } from '../images/animation.ts'
import { assertNear, decode } from '../images/pixels.ts'
import { createTransformer, imageOf } from './run.ts'

const { get, pictures } = createTransformer()

/** Of 255: lossy WebP, AVIF and GIF's palette. */
const tolerance = 10

before(async () => {
  pictures['moving.gif'] = await makeAnimation('gif', 60, 40)
  pictures['moving.webp'] = await makeAnimation('webp', 60, 40)
})

interface Row {
  given: VariantParameters
  size: string
  /** The frames that come out, by their place in the original. */
  frames: readonly number[]
}

const rows: readonly Row[] = [
  // Formats that move.
  { given: { format: 'gif' }, size: '60×40', frames: [0, 1, 2] },
  { given: { format: 'webp' }, size: '60×40', frames: [0, 1, 2] },
  { given: { format: 'original' }, size: '60×40', frames: [0, 1, 2] },
  { given: { format: 'auto' }, size: '60×40', frames: [0, 1, 2] },
  { given: { format: 'auto.webp' }, size: '60×40', frames: [0, 1, 2] },
  { given: { format: 'auto.avif' }, size: '60×40', frames: [0, 1, 2] },
  { given: { width: 30, format: 'webp' }, size: '30×20', frames: [0, 1, 2] },
  { given: { width: 20, height: 20, format: 'gif' }, size: '20×20', frames: [0, 1, 2] },
  { given: { width: 20, height: 20, gravity: 'east', format: 'webp' }, size: '20×20', frames: [0, 1, 2] },
  {
    given: { width: 20, height: 20, gravity: 'attention', format: 'webp' },
    size: '20×20',
    frames: [0, 1, 2],
  },
  {
    given: { width: 60, height: 60, fit: 'contain', background: 'ffffff', format: 'webp' },
    size: '60×60',
    frames: [0, 1, 2],
  },
  {
    given: { width: 60, height: 60, fit: 'contain', background: 'ffffff', format: 'gif' },
    size: '60×60',
    frames: [0, 1, 2],
  },
  { given: { width: 120, enlarge: '1', format: 'gif' }, size: '120×80', frames: [0, 1, 2] },
  { given: { crop: '30_20_30_20', format: 'webp' }, size: '30×20', frames: [0, 1, 2] },
  { given: { crop: '30_20_30_20', width: 15, format: 'gif' }, size: '15×10', frames: [0, 1, 2] },
  // Formats that do not, or a still that is asked for.
  { given: { format: 'jpeg' }, size: '60×40', frames: [0] },
  { given: { format: 'png' }, size: '60×40', frames: [0] },
  { given: { format: 'avif' }, size: '60×40', frames: [0] },
  { given: { width: 30, format: 'jpeg' }, size: '30×20', frames: [0] },
  { given: { width: 60, height: 60, fit: 'contain', format: 'jpeg' }, size: '60×60', frames: [0] },
  { given: { format: 'webp', page: 0 }, size: '60×40', frames: [0] },
  { given: { format: 'auto.avif', page: 0 }, size: '60×40', frames: [0] },
  { given: { format: 'gif', page: 2 }, size: '60×40', frames: [2] },
  { given: { format: 'jpeg', page: 1 }, size: '60×40', frames: [1] },
  { given: { format: 'png', page: 2, crop: '0_0_10_10' }, size: '10×10', frames: [2] },
]

for (const original of ['moving.gif', 'moving.webp']) {
  suite(`a variant of ${original}`, () => {
    for (const { given, size, frames: expected } of rows) {
      const what = JSON.stringify(given).replace(/["{}]/g, '')
      test(`with ${what} is ${size} of the frames ${expected}`, async () => {
        const received = await get(original, given)
        const bytes = imageOf(received)
        const metadata = await sharp(bytes, { pages: -1 }).metadata()
        assert.equal(metadata.pages ?? 1, expected.length)
        const [width, height] = size.split('×')
        // Neither the picture nor what is said of it is a stack of frames.
        assert.equal(`${metadata.width}×${metadata.pageHeight ?? metadata.height}`, size)
        assert.match(
          received.headers['x-fovea-variant'] ?? '',
          new RegExp(`width=${width}, height=${height},`),
        )
        for (const [index, frame] of expected.entries()) {
          const pixels = await decode(bytes, index)
          assertNear(pixels.at(0.5, 0.5), frames[frame] ?? [], tolerance, `frame ${index}`)
          const isPadded = given.fit === 'contain'
          for (const down of [0.05, 0.95]) {
            assertNear(
              pixels.at(0.5, down),
              isPadded ? [255, 255, 255] : (frames[frame] ?? []),
              tolerance,
              'edge',
            )
          }
        }
      })
    }

    test('keeps its speed', async () => {
      const before = await sharp(pictures[original] as Buffer, { pages: -1 }).metadata()
      const after = await sharp(imageOf(await get(original, { width: 30, format: 'webp' })), {
        pages: -1,
      }).metadata()
      assert.deepEqual([after.delay, after.loop], [before.delay, before.loop])
    })

    test('of a frame that it has not is 400', async () => {
      const { status, headers } = await get(original, { format: 'webp', page: 3 })
      assert.equal(`${status} ${headers['x-fovea-error']}`, '400 outside')
    })
  })
}

suite('an animation that is scaled', () => {
  // White above, black below: a frame that takes on some of the next one's colour shows it in its first and last rows.
  const side = 90
  const whites = [255, 220, 190]
  before(async () => {
    const frame = (white: number) =>
      Buffer.concat([Buffer.alloc((side * side * 3) / 2, white), Buffer.alloc((side * side * 3) / 2, 0)])
    const pixels = Buffer.concat(whites.map(frame))
    pictures['halves.gif'] = await sharp(pixels, {
      raw: { width: side, height: side * 3, channels: 3, pageHeight: side },
    })
      .gif()
      .toBuffer()
  })

  for (const width of [31, 40, 77]) {
    test(`to ${width} px keeps the edges of its frames to themselves`, async () => {
      const answer = imageOf(await get('halves.gif', { width, format: 'gif' }))
      const { data, info } = await sharp(answer, { pages: -1 })
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      for (let page = 0; page < 3; page++) {
        const row = (down: number) => data[(page * width + down) * width * info.channels] ?? -1
        assert.ok(Math.abs(row(0) - (whites[page] ?? 0)) <= 4, `frame ${page} begins with ${row(0)}`)
        assert.ok(row(width - 1) <= 5, `frame ${page} ends with ${row(width - 1)}`)
      }
    })
  }

  test('has at most a thousand frames', async () => {
    pictures['endless.gif'] = makeEndlessGif(1001, 8)
    const answer = await get('endless.gif', { format: 'webp' })
    assert.equal(answer.status, 415)
    assert.match(answer.body.toString(), /over-limit.*1000 frames/s)
    assert.equal((await get('endless.gif', { format: 'webp', page: 0 })).status, 200)
  })
})
