import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { makeAnimation } from '../images/animation.ts'
import { drawEdge } from '../images/drawing.ts'
import { makePhotograph } from '../images/photograph.ts'
import { createTransformer } from './run.ts'

const whole: Record<string, Buffer> = {
  gif: await makeAnimation('gif', 24, 16),
  svg: drawEdge(24, 16),
  'moving webp': await makeAnimation('webp', 24, 16),
}
for (const format of ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const) {
  whole[format] = await makePhotograph(48, 32).withMetadata({ orientation: 6 }).toFormat(format).toBuffer()
}

const { get, pictures, logged } = createTransformer()

suite('whatever is done to a picture, it is served or is to blame', () => {
  for (const [format, bytes] of Object.entries(whole)) {
    test(`cut off: ${format}`, () =>
      fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: bytes.length }), (length) =>
          isHonest(bytes.subarray(0, length)),
        ),
        { numRuns: 40 },
      ))

    test(`with other bytes here and there: ${format}`, () => {
      const change = fc.tuple(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 }))
      return fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
          const changed = Buffer.from(bytes)
          for (const [at, value] of changes) changed[at] = value
          return isHonest(changed)
        }),
        { numRuns: 60 },
      )
    })
  }

  test('bytes of any kind', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (bytes) => isHonest(Buffer.from(bytes))),
      { numRuns: 100 },
    ))

  test('and the next is served', async () => {
    pictures.good = whole.jpeg as Buffer
    assert.equal((await get('good', { format: 'webp' })).status, 200)
  })
})

async function isHonest(bytes: Buffer): Promise<void> {
  pictures.x = bytes
  const { status, body } = await get('x', { width: 16, format: 'webp' })
  assert.ok([200, 415].includes(status), body.toString())
  assert.deepEqual(logged, [])
}
