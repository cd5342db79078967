import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { VariantParameters } from '../../grammar/parameters.ts'
import type { TransformerSettings } from '../../transformer/settings.ts'
import { makeAnimation } from '../images/animation.ts'
import { drawEdge } from '../images/drawing.ts'
import { makeNoise, makePhotograph } from '../images/photograph.ts'
import { createTransformer, problemOf } from './run.ts'

const pictures: Record<string, Buffer> = {}

before(async () => {
  pictures['photograph.jpg'] = await makePhotograph(300, 200).jpeg().toBuffer()
  pictures['photograph.avif'] = await makePhotograph(300, 200).avif().toBuffer()
  pictures['deep.png'] = await makePhotograph(300, 200).toColourspace('rgb16').png().toBuffer()
  pictures['moving.gif'] = await makeAnimation('gif', 100, 100)
  pictures['edge.svg'] = drawEdge(100, 100)
})

interface Row {
  key: string
  settings: Partial<TransformerSettings>
  given: VariantParameters
  /** What the answer expects; undefined where the variant is made. */
  refused?: RegExp
}

const rows: readonly Row[] = [
  // Pixels of the original.
  { key: 'photograph.jpg', settings: { maxSourcePixels: 60_000 }, given: { width: 30, format: 'webp' } },
  {
    key: 'photograph.jpg',
    settings: { maxSourcePixels: 59_999 },
    given: { width: 30, format: 'webp' },
    refused: /original of at most 59999 pixels/,
  },
  // Its codec needs memory as none of the others.
  {
    key: 'photograph.avif',
    settings: { maxCostlySourcePixels: 60_000 },
    given: { width: 30, format: 'webp' },
  },
  {
    key: 'photograph.avif',
    settings: { maxCostlySourcePixels: 59_999 },
    given: { width: 30, format: 'webp' },
    refused: /original in AVIF or of more than 8 bits a channel of at most 59999 pixels/,
  },
  {
    key: 'deep.png',
    settings: { maxCostlySourcePixels: 59_999 },
    given: { width: 30, format: 'webp' },
    refused: /original in AVIF or of more than 8 bits a channel of at most 59999 pixels/,
  },
  { key: 'photograph.jpg', settings: { maxCostlySourcePixels: 1 }, given: { width: 30, format: 'webp' } },
  {
    key: 'photograph.jpg',
    settings: { maxAvifOutputPixels: 599 },
    given: { width: 30, format: 'avif' },
    refused: /variant of at most 599 pixels in AVIF, or another format/,
  },
  { key: 'photograph.jpg', settings: { maxAvifOutputPixels: 600 }, given: { width: 30, format: 'avif' } },
  { key: 'photograph.jpg', settings: { maxAvifOutputPixels: 1 }, given: { width: 30, format: 'webp' } },
  // Of an animation all frames count, unless one is asked for.
  { key: 'moving.gif', settings: { maxSourcePixels: 30_000 }, given: { format: 'webp' } },
  {
    key: 'moving.gif',
    settings: { maxSourcePixels: 29_999 },
    given: { format: 'webp' },
    refused: /original of at most 29999 pixels/,
  },
  { key: 'moving.gif', settings: { maxSourcePixels: 10_000 }, given: { format: 'webp', page: 0 } },
  { key: 'moving.gif', settings: { maxSourcePixels: 10_000 }, given: { format: 'jpeg' } },
  // Pixels of the variant.
  { key: 'photograph.jpg', settings: { maxOutputPixels: 600 }, given: { width: 30, format: 'webp' } },
  {
    key: 'photograph.jpg',
    settings: { maxOutputPixels: 599 },
    given: { width: 30, format: 'webp' },
    refused: /variant of at most 599 pixels/,
  },
  {
    key: 'photograph.jpg',
    settings: { maxOutputPixels: 10_000 },
    given: { width: 101, height: 100, fit: 'contain', format: 'webp' },
    refused: /variant of at most 10000 pixels/,
  },
  {
    key: 'photograph.jpg',
    settings: {},
    given: { width: 8192, enlarge: '1', format: 'webp' },
    refused: /variant of at most 40000000 pixels/,
  },
  {
    key: 'edge.svg',
    settings: {},
    given: { width: 8000, format: 'webp' },
    refused: /variant of at most 40000000 pixels/,
  },
  {
    key: 'moving.gif',
    settings: { maxOutputPixels: 29_999 },
    given: { format: 'gif' },
    refused: /variant of at most 29999 pixels/,
  },
]

suite('a limit', () => {
  for (const { key, settings, given, refused } of rows) {
    const what = JSON.stringify({ ...settings, ...given }).replace(/["{}]/g, '')
    test(`of ${what} ${refused ? 'refuses' : 'allows'} ${key}`, async () => {
      const received = await createTransformer(pictures, { settings }).get(key, given)
      if (!refused) return assert.equal(received.status, 200)
      const { code, expected, received: found } = problemOf(received)
      assert.equal(`${received.status} ${code}`, '415 over-limit')
      assert.match(String(expected), refused)
      // Which is what was found, as width × height.
      assert.match(String(found), /\d+ × \d+/)
    })
  }
})

suite('a buffered answer', () => {
  test('that is too large is 415 and names the limit, its size, key and tag', async () => {
    const transformer = createTransformer({ noise: await makeNoise(1400, 1200).jpeg().toBuffer() })
    const received = await transformer.get('noise', { format: 'png' })
    const problem = problemOf(received)
    assert.equal(`${received.status} ${problem.code}`, '415 answer-too-large')
    assert.match(String(problem.expected), /at most 4690000 bytes/)
    assert.match(String(problem.received), /^[45]\d{6} bytes$/)
    assert.equal(received.headers['x-fovea-key'], '/noise?rev=1&format=png')
    assert.match(received.headers['x-fovea-tags'] ?? '', /^o-/)
    assert.equal(received.headers.etag, undefined)
    assert.equal((await transformer.get('noise', { width: 100, format: 'png' })).status, 200)
  })

  test('at its limit fits into what Lambda sends', async () => {
    const base64 = Math.ceil(4_690_000 / 3) * 4
    // 6 MB, as Lambda counts them, with room for the headers.
    assert.ok(base64 + 10_000 < 6 * 1024 * 1024)
  })
})

suite('a limit of frames', () => {
  const made: readonly (readonly [maxFrames: number, given: VariantParameters])[] = [
    [3, { format: 'webp' }],
    [2, { page: 2, format: 'webp' }],
    [1, { format: 'png' }],
  ]
  for (const [maxFrames, given] of made) {
    test(`of ${maxFrames} makes ${JSON.stringify(given)} of three`, async () => {
      const { get } = createTransformer(pictures, { settings: { maxFrames } })
      assert.equal((await get('moving.gif', given)).status, 200)
    })
  }

  test('refuses one frame more, and says how to have a still', async () => {
    const { get } = createTransformer(pictures, { settings: { maxFrames: 2 } })
    const { code, expected, received } = problemOf(await get('moving.gif', { format: 'webp' }))
    assert.deepEqual([code, expected, received], ['over-limit', 'at most 2 frames, or animated=0', '3'])
  })
})
