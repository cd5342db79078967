import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { inspectContent, manyColours, type Raw } from '../../transformer/content.ts'
import { makeGraphic } from '../images/graphic.ts'
import { makePhotograph } from '../images/photograph.ts'
import { makeTransparent } from '../images/transparency.ts'
import { createTransformer, imageOf } from './run.ts'

const { get, pictures } = createTransformer()

before(async () => {
  pictures['graphic.png'] = await makeGraphic(600, 400).png().toBuffer()
  pictures['transparent.png'] = await makeGraphic(600, 400, true).png().toBuffer()
  pictures['photograph.png'] = await makePhotograph(300, 200).png().toBuffer()
  pictures['opaque.png'] = await makePhotograph(300, 200).ensureAlpha().png().toBuffer()
  pictures['pixel.png'] = await makePhotograph(1, 1).png().toBuffer()
  pictures['grey.png'] = await makePhotograph(300, 200).toColourspace('b-w').png().toBuffer()
})

type Format = VariantParameters['format']

const chosen: readonly (readonly [key: string, width: number, format: Format, written: string])[] = [
  ['graphic.png', 600, 'auto', 'png'],
  ['graphic.png', 600, 'auto.webp', 'webp lossless'],
  ['graphic.png', 600, 'auto.avif', 'webp lossless'],
  ['transparent.png', 600, 'auto', 'png'],
  ['transparent.png', 600, 'auto.webp', 'webp lossless'],
  ['photograph.png', 150, 'auto', 'jpeg'],
  ['photograph.png', 150, 'auto.webp', 'webp'],
  ['photograph.png', 150, 'auto.avif', 'avif'],
  ['opaque.png', 150, 'auto', 'jpeg'],
  ['opaque.png', 150, 'auto.webp', 'webp'],
  ['opaque.png', 150, 'auto.avif', 'avif'],
  ['photograph.png', 40, 'auto.avif', 'webp'],
  ['grey.png', 150, 'auto', 'jpeg'],
]

suite('the choice by content', () => {
  for (const [key, width, format, written] of chosen) {
    test(`of ${key} ${width} px wide as ${format} is ${written}`, async () => {
      const given = { ...(width < 600 && { width }), format }
      const { headers, body } = await get(key, given)
      const [name, lossless] = written.split(' ')
      assert.equal(headers['content-type'], `image/${name}`)
      const said = headers['x-fovea-variant'] ?? ''
      assert.match(said, new RegExp(`^format=${name}, `))
      assert.equal(/quality/.test(said), lossless === undefined && name !== 'png')
      if (lossless) assert.equal(await countDifferent(body, await pngOf(key, width)), 0)
    })
  }

  test('is never larger than what it is chosen from', async () => {
    for (const key of ['graphic.png', 'transparent.png']) {
      for (const width of [20, 50, 100, 300]) {
        const chosen = imageOf(await get(key, { width, format: 'auto.webp' })).length
        const others = await Promise.all([
          get(key, { width, format: 'webp' }),
          get(key, { width, format: 'webp', lossless: '1' }),
        ])
        assert.equal(chosen, Math.min(...others.map((other) => imageOf(other).length)))
      }
    }
  })

  test('gives the same bytes each time', async () => {
    for (const format of ['auto', 'auto.webp', 'auto.avif'] as const) {
      const [one, other] = [await get('graphic.png', { format }), await get('graphic.png', { format })]
      assert.deepEqual(imageOf(one), imageOf(other))
    }
  })

  test('drops an alpha that hides nothing', async () => {
    for (const format of ['png', 'auto.webp', 'auto.avif', 'original'] as const) {
      const { hasAlpha } = await sharp(
        imageOf(await get('opaque.png', { width: format === 'original' ? undefined : 150, format })),
      ).metadata()
      assert.equal(hasAlpha, false, format)
    }
  })

  test('is not made where a format is named', async () => {
    for (const format of ['webp', 'avif', 'jpeg'] as const) {
      const { headers } = await get('graphic.png', { width: 300, format })
      assert.match(headers['x-fovea-variant'] ?? '', new RegExp(`^format=${format}, .*quality=75`))
    }
  })

  test('is made for a single pixel', async () => {
    for (const format of ['auto', 'auto.webp', 'auto.avif', 'png'] as const) {
      const { width, height } = await sharp(imageOf(await get('pixel.png', { format }))).metadata()
      assert.deepEqual([width, height], [1, 1])
    }
  })
})

suite('a PNG', () => {
  test('of few colours has a palette, is smaller by it and is the same to see', async () => {
    for (const [name, picture] of [
      ['stripes', makeStripes(3)],
      ['transparent stripes', makeStripes(4)],
      ['thirds', makeTransparent(120, 60)],
    ] as const) {
      const plain = await picture.png({ compressionLevel: 9 }).toBuffer()
      pictures['few.png'] = plain
      const bytes = imageOf(await get('few.png', { format: 'png' }))
      assert.ok(bytes.length < plain.length, `${name}: ${bytes.length} of ${plain.length}`)
      assert.equal((await sharp(bytes).metadata()).isPalette, true, name)
      assert.equal(await countDifferent(bytes, plain), 0, name)
    }
  })

  test('of many colours has none', async () => {
    const bytes = imageOf(await get('photograph.png', { width: 150, format: 'png' }))
    assert.equal((await sharp(bytes).metadata()).isPalette, false)
  })
})

suite('inspectContent', () => {
  const raw = (width: number, channels: Raw['channels'], values: number[]): Raw => {
    const pixels = Buffer.from(values)
    return { pixels, width, height: pixels.length / channels / width, channels }
  }

  test('sees whether all is opaque', () => {
    assert.ok(inspectContent(raw(2, 3, [1, 2, 3, 4, 5, 6])).opaque)
    assert.ok(inspectContent(raw(1, 4, [1, 2, 3, 255, 1, 2, 3, 255])).opaque)
    assert.ok(!inspectContent(raw(1, 4, [1, 2, 3, 255, 1, 2, 3, 254])).opaque)
    assert.ok(!inspectContent(raw(1, 2, [1, 0])).opaque)
  })

  test('counts colours, transparency included, until they are many', () => {
    const shades = (count: number) =>
      Array.from({ length: count }, (_, index) => [index & 255, index >> 8, 0]).flat()
    assert.equal(inspectContent(raw(1, 3, shades(256))).colours, 256)
    assert.equal(inspectContent(raw(1, 3, [...shades(300), ...shades(300)])).colours, 300)
    assert.equal(inspectContent(raw(1, 3, shades(9000))).colours, manyColours)
    assert.equal(inspectContent(raw(1, 2, [7, 0, 7, 255])).colours, 2)
  })

  test('tells how many pixels are as their neighbour in the row', () => {
    assert.equal(inspectContent(raw(4, 1, [1, 1, 1, 1, 2, 2, 2, 2])).flatness, 1)
    assert.equal(inspectContent(raw(4, 1, [1, 2, 3, 4, 4, 5, 6, 7])).flatness, 0)
    assert.equal(inspectContent(raw(3, 1, [1, 1, 2, 2, 2, 3])).flatness, 0.5)
    assert.equal(inspectContent(raw(1, 1, [1, 2, 3])).flatness, 1)
  })
})

/** 60 colours in stripes. */
function makeStripes(channels: 3 | 4) {
  const [width, height] = [240, 160]
  const pixels = Buffer.alloc(width * height * channels)
  for (let index = 0; index < width * height; index++) {
    const stripe = Math.floor(((index % width) + 3 * Math.floor(index / width)) / 9) % 60
    const colour = [stripe * 4, 255 - stripe * 3, (stripe * 91) & 255, (stripe * 4) | 15]
    pixels.set(colour.slice(0, channels), index * channels)
  }
  return sharp(pixels, { raw: { width, height, channels } })
}

async function pngOf(key: string, width: number): Promise<Buffer> {
  return imageOf(await get(key, { width, format: 'png' }))
}

/** Channels that differ where something is seen. */
async function countDifferent(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((bytes) => sharp(bytes).toColourspace('srgb').ensureAlpha().raw().toBuffer()),
  )
  assert.ok(a && b && a.length > 0 && a.length === b.length)
  return a.filter((value, index) => value !== b[index] && a[index | 3] !== 0).length
}
