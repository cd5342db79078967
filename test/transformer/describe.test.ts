import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { decode } from 'blurhash'
import sharp from 'sharp'
import { thumbHashToApproximateAspectRatio, thumbHashToRGBA } from 'thumbhash'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { makeAnimation } from '../images/animation.ts'
import { drawEdge } from '../images/drawing.ts'
import { makePhotograph } from '../images/photograph.ts'
import { assertNear, measureDistance } from '../images/pixels.ts'
import { makePrivate, secrets } from '../images/private-metadata.ts'
import { makeTransparent } from '../images/transparency.ts'
import { createTransformer, imageOf, problemOf } from './run.ts'

const { get, pictures } = createTransformer()

before(async () => {
  pictures['photograph.jpg'] = await makePhotograph(640, 400).jpeg().toBuffer()
  pictures['turned.jpg'] = await makePhotograph(400, 640).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  pictures['private.jpg'] = await makePrivate('jpeg')
  pictures['transparent.png'] = await makeTransparent(120, 60).png().toBuffer()
  pictures['animation.gif'] = await makeAnimation('gif', 30, 20)
  pictures['grey.png'] = await makePhotograph(60, 40).toColourspace('b-w').png().toBuffer()
  pictures['edge.svg'] = drawEdge(300, 100)
  pictures['pixel.png'] = await makePhotograph(1, 1).png().toBuffer()
})

const describe = async (key: string, parameters: Partial<VariantParameters> = {}) =>
  JSON.parse(imageOf(await get(key, { format: 'json', ...parameters })).toString())

suite('the JSON of an original', () => {
  test('is JSON, kept as pictures are', async () => {
    const [{ headers }, picture] = [
      await get('photograph.jpg', { format: 'json' }),
      await get('photograph.jpg', { format: 'webp' }),
    ]
    assert.equal(headers['content-type'], 'application/json')
    for (const name of ['cache-control', 'content-security-policy', 'x-fovea-tags']) {
      assert.equal(headers[name], picture.headers[name])
    }
    assert.match(headers.etag ?? '', /^"/)
  })

  test('tells of a photograph', async () => {
    const { dominant, thumbhash, ...rest } = await describe('photograph.jpg')
    assert.match(dominant, /^[0-9a-f]{6}$/)
    assert.ok(thumbhash.length > 10)
    assert.deepEqual(rest, {
      width: 640,
      height: 400,
      format: 'jpeg',
      bytes: (pictures['photograph.jpg'] as Buffer).length,
      alpha: false,
      animated: false,
      orientation: 1,
      colourSpace: 'srgb',
    })
  })

  test('gives the size upright, and how it lies in the file', async () => {
    const { width, height, orientation } = await describe('turned.jpg')
    assert.deepEqual([width, height, orientation], [640, 400, 6])
  })

  test('tells how an animation moves', async () => {
    const { width, height, animated, frames, durationMs, loop } = await describe('animation.gif')
    assert.deepEqual([width, height, animated, frames, durationMs, loop], [30, 20, true, 3, 240, 0])
  })

  test('finds the colour of the frame that is named', async () => {
    const colours = await Promise.all(
      [0, 1, 2].map(async (page) => (await describe('animation.gif', { page })).dominant),
    )
    assert.deepEqual(colours, ['c82828', '28b428', '2828c8'])
    const { status } = await get('animation.gif', { format: 'json', page: 3 })
    assert.ok(status >= 400 && status < 500)
  })

  test('finds the colour of what is seen of a transparent picture', async () => {
    const { alpha, dominant } = await describe('transparent.png')
    assert.equal(alpha, true)
    assertNear([...Buffer.from(dominant, 'hex')], [200, 20, 20], 2)
  })

  for (const key of ['grey.png', 'edge.svg', 'pixel.png']) {
    test(`tells of ${key}`, async () => {
      const { width, height } = await sharp(pictures[key] as Buffer).metadata()
      const said = await describe(key)
      assert.deepEqual([said.width, said.height], [width, height])
    })
  }

  test('says nothing of who, when and where unless it is asked', async () => {
    const text = JSON.stringify(await describe('private.jpg'))
    assert.doesNotMatch(text, /2024|48\.8/)
    assert.deepEqual(
      secrets.filter((secret) => text.includes(secret)),
      [],
    )
  })

  test('says who and when with the copyright, and where with all', async () => {
    const made = { takenAt: '2024-05-06T07:08:09', artist: 'SecretPerson', copyright: 'SecretPerson' }
    const place = { latitude: 48.858333, longitude: 2.294444 }
    for (const [metadata, expected] of [
      ['copyright', { ...made, place: undefined }],
      ['all', { ...made, place }],
    ] as const) {
      const said = await describe('private.jpg', { metadata })
      const { takenAt, artist, copyright } = said
      assert.deepEqual({ takenAt, artist, copyright, place: said.place }, expected)
    }
  })

  test('of what is no image is the error', async () => {
    pictures['text.jpg'] = Buffer.from('no picture')
    assert.equal(problemOf(await get('text.jpg', { format: 'json' })).code, 'not-an-image')
  })

  test('can be downloaded', async () => {
    const { headers } = await get('photograph.jpg', { format: 'json', download: '1' })
    assert.equal(headers['content-disposition'], 'attachment; filename="photograph.json"')
  })
})

suite('the thumbhash', () => {
  test('is text that decodes to the looks of the picture, upright', async () => {
    for (const key of ['photograph.jpg', 'turned.jpg']) {
      const received = await get(key, { format: 'thumbhash' })
      assert.equal(received.headers['content-type'], 'text/plain; charset=utf-8')
      const hash = Buffer.from(imageOf(received).toString(), 'base64')
      assert.ok(hash.length >= 5 && hash.length <= 25)
      assert.ok(Math.abs(thumbHashToApproximateAspectRatio(hash) - 1.6) < 0.2)
      const { w: width, h: height, rgba } = thumbHashToRGBA(hash)
      const shown = await sharp(rgba, { raw: { width, height, channels: 4 } })
        .png()
        .toBuffer()
      const upright = await sharp(pictures[key] as Buffer)
        .autoOrient()
        .toBuffer()
      await assertLike(shown, upright)
    }
  })

  test('is that of the JSON', async () => {
    const text = imageOf(await get('photograph.jpg', { format: 'thumbhash' })).toString()
    assert.equal((await describe('photograph.jpg')).thumbhash, text)
  })

  test('of a picture that is transparent is too', async () => {
    const text = imageOf(await get('transparent.png', { format: 'thumbhash' })).toString()
    const { rgba } = thumbHashToRGBA(Buffer.from(text, 'base64'))
    const alphas = rgba.filter((_value, index) => (index & 3) === 3)
    assert.ok(Math.min(...alphas) < 60 && Math.max(...alphas) > 200)
  })
})

suite('the blurhash', () => {
  test('is text of 28 characters that decodes to the looks of the picture', async () => {
    const received = await get('photograph.jpg', { format: 'blurhash' })
    assert.equal(received.headers['content-type'], 'text/plain; charset=utf-8')
    const text = imageOf(received).toString()
    assert.equal(text.length, 28)
    const raw = { width: 32, height: 32, channels: 4 } as const
    const shown = await sharp(decode(text, 32, 32), { raw })
      .png()
      .toBuffer()
    await assertLike(shown, pictures['photograph.jpg'] as Buffer)
  })

  test('has white under what is transparent', async () => {
    const small = makeTransparent(90, 45)
    pictures['small.png'] = await small.clone().png().toBuffer()
    pictures['white.png'] = await small.flatten({ background: 'white' }).png().toBuffer()
    const [transparent, white] = await Promise.all(
      ['small.png', 'white.png'].map(async (key) =>
        imageOf(await get(key, { format: 'blurhash' })).toString(),
      ),
    )
    assert.equal(transparent, white)
  })
})

/** Fails unless a placeholder looks like a picture: nearer to it than to what it is upside down, and not far. */
async function assertLike(shown: Buffer, picture: Buffer): Promise<void> {
  const distance = await measureDistance(shown, picture)
  const turned = await measureDistance(shown, await sharp(picture).rotate(180).png().toBuffer())
  assert.ok(distance < 18 && distance < turned / 2, `ΔE ${distance}, upside down ${turned}`)
}
