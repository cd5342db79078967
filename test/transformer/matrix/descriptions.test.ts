import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { decode as decodeBlurhash } from 'blurhash'
import { thumbHashToRGBA } from 'thumbhash'
import type { Rgb } from '../../images/colour-math.ts'
import { patches } from '../../images/colour-patches.ts'
import { assertNear } from '../../images/pixels.ts'
import { createTransformer, imageOf } from '../run.ts'
import { type Colours, columns, makeChart, rows, size } from './chart.ts'
import { sources } from './sources.ts'

/**
 * Of 255. A placeholder is a few waves: a patch of it takes on some of its neighbours, most beside what is not there.
 * Turned or mirrored, the worst patch is further off: see the last suite.
 */
const tolerance = { opaque: 40, transparent: 60 }

const { get, pictures } = createTransformer()

const describe = async (key: string, format: 'json' | 'thumbhash' | 'blurhash') => {
  const received = await get(key, { format })
  return { text: imageOf(received).toString(), type: received.headers['content-type'] }
}

for (const [name, source] of Object.entries(sources)) {
  suite(`${name} is described`, () => {
    const [first = patches] = source.frames ?? []
    const frames = source.frames?.length ?? 1
    const hasAlpha = first.some(([, , , alpha = 255]) => alpha < 255)
    const most = hasAlpha ? tolerance.transparent : tolerance.opaque
    const load = async () => {
      pictures[name] ??= await source.make()
    }

    test('as JSON', async () => {
      await load()
      const { text, type } = await describe(name, 'json')
      assert.equal(type, 'application/json')
      const told = JSON.parse(text)
      const { width, height, format, alpha, animated } = told
      // libvips keeps a colour for transparency in every GIF that it writes.
      const mayBeTransparent = hasAlpha || source.format === 'gif'
      assert.deepEqual(
        { width, height, format, alpha, animated },
        { ...size, format: source.format, alpha: mayBeTransparent, animated: frames > 1 },
      )
      assert.equal(told.frames ?? told.pages ?? 1, source.pages ?? frames)
      const dominant = [...Buffer.from(told.dominant, 'hex')]
      const distances = first.map((colour) => distance(colour.slice(0, 3), dominant))
      assert.ok(Math.min(...distances) <= 2 + (source.error ?? 1), `${told.dominant} is no patch's colour`)
    })

    test('as a ThumbHash', async () => {
      await load()
      const { text, type } = await describe(name, 'thumbhash')
      assert.equal(type, 'text/plain; charset=utf-8')
      const { w, h, rgba } = thumbHashToRGBA(Buffer.from(text, 'base64'))
      assert.ok(Math.abs(w / h - size.width / size.height) < 0.2, `${w} × ${h}`)
      assertPatches(rgba, w, h, first, most)
    })

    test('as a BlurHash', async () => {
      await load()
      const { text, type } = await describe(name, 'blurhash')
      assert.equal(type, 'text/plain; charset=utf-8')
      // It knows no transparency: over white.
      assertPatches(decodeBlurhash(text, 30, 20), 30, 20, first.map(overWhite), most)
    })
  })
}

suite('the tolerance of placeholders', () => {
  const [a, b, c, d, e, f] = patches as readonly [Rgb, Rgb, Rgb, Rgb, Rgb, Rgb]
  const wrong = { mirrored: [c, b, a, f, e, d], flipped: [d, e, f, a, b, c], turned: [f, e, d, c, b, a] }
  for (const [how, colours] of Object.entries(wrong)) {
    test(`refuses a chart that is ${how}`, async () => {
      pictures.wrong = await makeChart(colours).png().toBuffer()
      const { w, h, rgba } = thumbHashToRGBA(
        Buffer.from((await describe('wrong', 'thumbhash')).text, 'base64'),
      )
      assert.throws(() => assertPatches(rgba, w, h, patches, tolerance.opaque), /expected patch/)
      const blurred = decodeBlurhash((await describe('wrong', 'blurhash')).text, 30, 20)
      assert.throws(() => assertPatches(blurred, 30, 20, patches, tolerance.opaque), /expected patch/)
    })
  }
})

/** Fails unless each patch that is opaque, or nearly so, has its colour, roughly, where it should be. */
function assertPatches(
  rgba: ArrayLike<number>,
  width: number,
  height: number,
  colours: Colours,
  most: number,
): void {
  for (const [index, colour] of colours.entries()) {
    const [red = 0, green = 0, blue = 0, alpha = 255] = colour
    const x = Math.floor((((index % columns) + 0.5) / columns) * width)
    const y = Math.floor(((Math.floor(index / columns) + 0.5) / rows) * height)
    const at = (y * width + x) * 4
    const seen = [0, 1, 2, 3].map((channel) => rgba[at + channel] ?? 0)
    if (alpha > 128) assertNear(seen, [red, green, blue, alpha], most, `patch ${index}`)
    else assert.ok((seen[3] ?? 255) < 128, `opacity of patch ${index}: ${seen[3]}`)
  }
}

function overWhite([red = 0, green = 0, blue = 0, alpha = 255]: readonly number[]): number[] {
  const over = (channel: number) => channel * (alpha / 255) + 255 * (1 - alpha / 255)
  return [over(red), over(green), over(blue), 255]
}

/** The largest of the channels' differences. */
function distance(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((channel, index) => Math.abs(channel - (other[index] ?? 0))))
}
