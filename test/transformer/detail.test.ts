import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sharp, { type Sharp } from 'sharp'
import { measureDetail } from '../../transformer/detail.ts'
import { makeNoise, makePhotograph } from '../images/photograph.ts'
import { createTransformer, imageOf } from './run.ts'

async function measure(picture: Sharp): Promise<number> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  return measureDetail({ pixels: data, width, height, channels: channels as 1 | 2 | 3 | 4 }, sharp)
}

const plain = sharp({ create: { width: 300, height: 200, channels: 3, background: 'teal' } })

suite('measureDetail', () => {
  test('finds little in what is plain, more in a photograph, most in noise', async () => {
    const [none, some, most] = await Promise.all(
      [plain, makePhotograph(300, 200), makeNoise(300, 200)].map(measure),
    )
    assert.ok(none !== undefined && some !== undefined && most !== undefined)
    assert.ok(none < 0.3 && some > none + 0.3 && most > 2 * some, `${none}, ${some}, ${most}`)
  })

  test('finds in bands of a large picture what all of it has', async () => {
    const large = makePhotograph(1600, 1200)
    const whole = await large.clone().jpeg({ quality: 75 }).toBuffer()
    const bits = (8 * whole.length) / (1600 * 1200)
    const found = await measure(large)
    assert.ok(Math.abs(found - bits) < 0.15 * bits, `${found} of ${bits}`)
  })

  for (const channels of ['b-w', 'srgb'] as const) {
    for (const alpha of [false, true]) {
      test(`reads ${channels}${alpha ? ' with alpha' : ''}, of any height`, async () => {
        for (const [width, height] of [
          [1, 1],
          [1000, 321],
          [1000, 337],
        ] as const) {
          const grey = makePhotograph(width, height).toColourspace(channels)
          assert.ok((await measure(alpha ? grey.ensureAlpha(0.5) : grey)) > 0)
        }
      })
    }
  }
})

suite('automatic choice for viewers of AVIF', () => {
  const { get, pictures } = createTransformer()

  test('makes eight bits of what has much detail, ten of what has little', async () => {
    pictures['noise.png'] = await makeNoise(900, 700).png().toBuffer()
    pictures['soft.png'] = await makePhotograph(900, 700).blur(4).png().toBuffer()
    const bits = async (key: string) => {
      const image = imageOf(await get(key, { width: 900, format: 'auto.avif' }))
      const metadata = await sharp(image).metadata()
      assert.equal(metadata.format, 'heif')
      return metadata.bitsPerSample
    }
    assert.deepEqual([await bits('noise.png'), await bits('soft.png')], [8, 10])
  })
})
