import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import { makePhotograph } from '../images/photograph.ts'
import { makeTransparent } from '../images/transparency.ts'
import { createTransformer, imageOf } from './run.ts'

const { get, pictures } = createTransformer()

before(async () => {
  pictures['photograph.png'] = await makePhotograph(160, 120).png().toBuffer()
  pictures['photograph.jpg'] = await makePhotograph(160, 120).jpeg().toBuffer()
  pictures['transparent.png'] = await makeTransparent(120, 60).png().toBuffer()
})

const written = {
  webp: 'webp',
  avif: 'avif',
  'auto.avif': 'webp',
  'auto.webp': 'webp',
  auto: 'png',
  original: 'png',
} as const

suite('lossless', () => {
  for (const [asked, format] of Object.entries(written)) {
    for (const key of ['photograph.png', 'transparent.png']) {
      test(`${asked} of ${key} is ${format} and keeps every pixel`, async () => {
        const received = await get(key, { format: asked as keyof typeof written, lossless: '1' })
        assert.equal(received.headers['content-type'], `image/${format}`)
        assert.doesNotMatch(received.headers['x-fovea-variant'] ?? '', /quality/)
        assert.equal(await differ(imageOf(received), pictures[key] as Buffer), 0)
      })
    }
  }

  for (const asked of ['webp', 'avif'] as const) {
    test(`${asked} of what is scaled keeps what the scaling left`, async () => {
      const given = { width: 80, lossless: '1' } as const
      const [one, other] = await Promise.all([
        get('photograph.png', { ...given, format: asked }),
        get('photograph.png', { width: 80, format: 'png' }),
      ])
      assert.equal(await differ(imageOf(one), imageOf(other)), 0)
    })
  }

  test('is not without being asked for', async () => {
    const received = await get('photograph.png', { format: 'webp' })
    assert.ok((await differ(imageOf(received), pictures['photograph.png'] as Buffer)) > 0)
  })
})

/** Channels that differ where something is seen. */
async function differ(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((bytes) => sharp(bytes).ensureAlpha().raw().toBuffer()))
  assert.ok(a && b && a.length > 0 && a.length === b.length)
  return a.filter((value, index) => value !== b[index] && a[index | 3] !== 0).length
}
