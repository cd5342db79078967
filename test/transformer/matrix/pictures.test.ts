import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import { patches } from '../../images/colour-patches.ts'
import { assertNear, decode } from '../../images/pixels.ts'
import { createTransformer, imageOf } from '../run.ts'
import { type Colours, columns, rows, size } from './chart.ts'
import { sources } from './sources.ts'
import { targets } from './targets.ts'

/** Opacities below which colours are not compared: they were multiplied by so little that most of them is rounding. */
const minCompared = 128

/** What sharp calls the formats that it has another name for. */
const readAs: Readonly<Record<string, string>> = { 'image/avif': 'heif', 'image/svg+xml': 'svg' }

const { get, pictures, logged } = createTransformer()

for (const [name, source] of Object.entries(sources)) {
  suite(`${name} becomes`, () => {
    const frames = source.frames ?? [patches]
    const hasAlpha = frames.flat().some(([, , , alpha = 255]) => alpha < 255)
    const moves = frames.length > 1

    for (const [target, { parameters, types, moves: canMove, error = 1 }] of Object.entries(targets)) {
      test(target, async () => {
        pictures[name] ??= await source.make()
        const received = await get(name, parameters)
        const bytes = imageOf(received)
        const type = received.headers['content-type'] ?? ''
        assert.ok(types({ format: source.format, hasAlpha, moves }).includes(type), type)

        const metadata = await sharp(bytes, { failOn: 'warning' }).metadata()
        assert.equal(metadata.format, readAs[type] ?? type.replace('image/', ''))
        const width = parameters.width ?? size.width
        const height = (width * size.height) / size.width
        assert.equal(`${metadata.width}×${metadata.pageHeight ?? metadata.height}`, `${width}×${height}`)
        assert.match(
          received.headers['x-fovea-variant'] ?? '',
          new RegExp(`width=${width}, height=${height},`),
        )
        for (const kept of ['orientation', 'icc', 'exif', 'xmp', 'gainMap'] as const) {
          assert.equal(metadata[kept], undefined, kept)
        }
        // What is decoded of ten bits has sixteen.
        assert.match(
          metadata.space ?? '',
          type === 'image/avif' ? /^(?:srgb|rgb16|b-w|grey16)$/ : /^(?:srgb|b-w)$/,
        )

        const expected = canMove ? frames : frames.slice(0, 1)
        assert.equal(metadata.pages ?? 1, expected.length, 'frames')
        for (const [page, colours] of expected.entries()) {
          await assertColours(bytes, page, colours, type, error + (source.error ?? 1))
        }
        assert.deepEqual(logged, [])
      })
    }
  })
}

/** Fails unless every patch of a frame has its colour, as far as the format can have it. */
async function assertColours(
  bytes: Buffer,
  page: number,
  colours: Colours,
  type: string,
  tolerance: number,
): Promise<void> {
  const { at } = await decode(bytes, page)
  for (const [index, colour] of colours.entries()) {
    const column = index % columns
    const row = Math.floor(index / columns)
    const seen = at((column + 0.5) / columns, (row + 0.5) / rows)
    const expected = expectColour(colour, type)
    const [, , , alpha = 255] = expected
    const what = `patch ${index} of frame ${page}`
    assertNear([0, 0, 0, seen[3] ?? 0], [0, 0, 0, alpha], tolerance, `opacity of ${what}`)
    if (alpha >= minCompared) assertNear(seen, expected.slice(0, 3), tolerance, what)
  }
}

/** What a format can show of a colour: JPEG has it on white, of GIF a pixel is there or not. */
function expectColour(
  [red = 0, green = 0, blue = 0, alpha = 255]: readonly number[],
  type: string,
): number[] {
  if (type === 'image/jpeg') {
    const over = (channel: number) => Math.round(channel * (alpha / 255) + 255 * (1 - alpha / 255))
    return [over(red), over(green), over(blue), 255]
  }
  if (type === 'image/gif') return [red, green, blue, alpha < minCompared ? 0 : 255]
  return [red, green, blue, alpha]
}
