import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import { contentTypes, type OutputFormat } from '../../transformer/plan/format.ts'
import { makePhotograph } from '../images/photograph.ts'
import { measureDistance } from '../images/pixels.ts'
import { createTransformer, imageOf } from './run.ts'

const originals = ['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const
const formats = Object.keys(contentTypes) as OutputFormat[]

/** Lossy codecs at their default quality, on grain: what a viewer would not notice side by side. */
const tolerance = 3

const { get, pictures } = createTransformer()

before(async () => {
  for (const format of originals) {
    pictures[format] = await makePhotograph(300, 200).toFormat(format, { quality: 95 }).toBuffer()
  }
})

suite('a variant', () => {
  for (const original of originals) {
    for (const format of formats) {
      test(`of ${original} as ${format} has its format, its size and its looks`, async () => {
        const received = await get(original, { width: 150, format })
        const bytes = imageOf(received)
        const metadata = await sharp(bytes).metadata()
        assert.equal(metadata.format, format === 'avif' ? 'heif' : format)
        assert.equal(`${metadata.width}×${metadata.height}`, '150×100')
        assert.equal(received.headers['content-type'], `image/${format}`)
        const distance = await measureDistance(bytes, pictures[original] as Buffer)
        assert.ok(distance < tolerance, `ΔE ${distance.toFixed(1)}`)
      })
    }

    test(`of ${original} in its own format keeps its size`, async () => {
      const metadata = await sharp(imageOf(await get(original, { format: 'original' }))).metadata()
      const expected = { avif: 'heif', tiff: 'png' }[original as string] ?? original
      assert.equal(`${metadata.format} ${metadata.width}×${metadata.height}`, `${expected} 300×200`)
    })
  }

  const auto = { 'auto.avif': 'avif', 'auto.webp': 'webp', auto: 'jpeg' } as const
  for (const [asked, written] of Object.entries(auto)) {
    test(`of a photograph as ${asked} is ${written}`, async () => {
      const received = await get('jpeg', { width: 150, format: asked as keyof typeof auto })
      assert.equal(received.headers['content-type'], `image/${written}`)
    })
  }

  for (const format of ['jpeg', 'webp', 'avif'] as const) {
    test(`as ${format} has fewer bytes at a lower quality, and the same each time`, async () => {
      const [low, high, again] = await Promise.all(
        [30, 90, 90].map(async (quality) => imageOf(await get('png', { format, quality }))),
      )
      assert.ok(low && high && again && low.length < high.length)
      assert.deepEqual(again, high)
    })
  }
})
