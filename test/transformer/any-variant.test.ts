import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { makeTurningAnimation } from '../images/animation.ts'
import { drawSvg } from '../images/drawing.ts'
import { makePhotograph } from '../images/photograph.ts'
import { makeOriented } from '../images/quadrants.ts'
import { makeTransparent } from '../images/transparency.ts'
import { createTransformer, problemOf } from './run.ts'

const originals: Record<string, Buffer> = {
  'oriented.jpg': await makeOriented(6, 48, 32),
  'transparent.png': await makeTransparent(30, 20).png().toBuffer(),
  'grey.png': await makePhotograph(20, 31).greyscale().toColourspace('b-w').png().toBuffer(),
  'deep.png': await makePhotograph(20, 31).toColourspace('rgb16').withIccProfile('p3').png().toBuffer(),
  'cmyk.jpg': await makePhotograph(20, 31).toColourspace('cmyk').jpeg().toBuffer(),
  'dot.webp': await makePhotograph(1, 1).webp().toBuffer(),
  'moving.gif': await makeTurningAnimation('gif', 24, 18),
  'moving.webp': await makeTurningAnimation('webp', 24, 18),
  'drawn.svg': drawSvg('width="24" height="18"', '<circle cx="12" cy="9" r="8" fill="red"/>'),
}

const { get, logged } = createTransformer(originals)

/** Hundredths, up to `most`. */
const factor = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((hundredths) => hundredths / 100)

const side = fc.integer({ min: 1, max: 90 })

const given: fc.Arbitrary<VariantParameters> = fc.record(
  {
    width: side,
    height: side,
    fit: fc.constantFrom('inside', 'contain', 'outside', 'fill'),
    gravity: fc.constantFrom('north', 'southeast', '0.30_0.80', 'attention', 'entropy'),
    enlarge: fc.constant('1' as const),
    crop: fc.constantFrom('0.2500_0.1000_0.5000_0.7000', '0_0_1_1', '0.0000_0.5000_1.0000_0.5000'),
    trim: fc.integer({ min: 0, max: 100 }),
    rotate: fc.constantFrom('90', '180', '270'),
    flip: fc.constantFrom('h', 'v', 'hv'),
    pad: fc.integer({ min: 1, max: 20 }),
    background: fc.constantFrom('ffffff', '3060c0', '3060c080'),
    radius: fc.oneof(fc.constant('max' as const), fc.integer({ min: 1, max: 60 })),
    blur: factor(30, 10_000),
    sharpen: factor(10, 1000),
    brightness: factor(0, 1000),
    contrast: factor(0, 1000),
    saturation: factor(0, 1000),
    hue: fc.integer({ min: 0, max: 359 }),
    greyscale: fc.constant('1' as const),
    tint: fc.constantFrom('ff8000', '000000', 'ffffff'),
    format: fc.constantFrom('png', 'jpeg', 'webp', 'gif', 'auto', 'auto.webp'),
  },
  { requiredKeys: ['format'] },
)

suite('any variant', () => {
  for (const key of Object.keys(originals)) {
    test(`of ${key} is a picture of the size that its answer tells`, () =>
      fc.assert(
        fc.asyncProperty(given, async (parameters) => {
          const answer = await get(key, parameters)
          const what = answer.status === 200 ? '' : JSON.stringify(problemOf(answer))
          assert.equal(answer.status, 200, what)
          const { width, height, pageHeight } = await sharp(answer.body).metadata()
          const told = /width=(\d+), height=(\d+)/.exec(answer.headers['x-fovea-variant'] ?? '')
          assert.equal(`${width},${pageHeight ?? height}`, `${told?.[1]},${told?.[2]}`)
          const { width: most = Infinity, height: highest = Infinity, pad = 0, fit } = parameters
          const boxed = fit !== 'outside' || !(parameters.width && parameters.height)
          if (boxed) assert.ok(width <= most + 2 * pad && (pageHeight ?? height) <= highest + 2 * pad)
          assert.deepEqual(logged, [])
        }),
        { numRuns: 60 },
      ))
  }
})
