import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { drawEdge, drawSvg } from '../images/drawing.ts'
import { assertNear, decode } from '../images/pixels.ts'
import { createTransformer, imageOf } from './run.ts'

const { get, pictures } = createTransformer({ 'edge.svg': drawEdge(100, 100) })

/** Widths of the columns, of a black and white edge, that are neither: more than this is blurred. */
const sharpPixels = 2

suite('a vector graphic', () => {
  for (const width of [10, 33, 100, 101, 640, 2000]) {
    test(`is sharp ${width} pixels wide`, async () => {
      const pixels = await decode(imageOf(await get('edge.svg', { width, format: 'png' })))
      assert.equal(`${pixels.width}×${pixels.height}`, `${width}×${width}`)
      assertNear(pixels.at(0, 0.5), [0, 0, 0], 3)
      assertNear(pixels.at(0.999, 0.5), [255, 255, 255], 3)
      assert.ok(countGrey(pixels) <= sharpPixels, `${countGrey(pixels)} grey pixels`)
    })
  }

  const boxes: readonly (readonly [VariantParameters, string])[] = [
    [{ width: 600, height: 600, fit: 'fill', format: 'png' }, '600×600'],
    [{ width: 2000, height: 100, fit: 'fill', format: 'png' }, '2000×100'],
    [{ width: 100, height: 2000, fit: 'fill', format: 'png' }, '100×2000'],
    [{ width: 900, height: 300, format: 'png' }, '900×300'],
    [{ crop: '0.2500_0.2500_0.5000_0.5000', width: 800, format: 'png' }, '800×800'],
    [{ crop: '37_11_29_31', width: 777, format: 'png' }, '777×831'],
    [{ crop: '25_0_50_100', width: 10, format: 'png' }, '10×20'],
  ]
  for (const [given, size] of boxes) {
    test(`is sharp with ${JSON.stringify(given).replace(/["{}]/g, '')}`, async () => {
      const pixels = await decode(imageOf(await get('edge.svg', given)))
      assert.equal(`${pixels.width}×${pixels.height}`, size)
      assert.ok(countGrey(pixels) <= sharpPixels, `${countGrey(pixels)} grey pixels`)
    })
  }

  test('is sharp where it is drawn higher than wide', async () => {
    pictures['lying.svg'] = drawSvg(
      'width="100" height="100"',
      '<rect width="100" height="50"/><rect y="50" width="100" height="50" fill="white"/>',
    )
    const given = { width: 100, height: 2000, fit: 'fill', format: 'png' } as const
    const pixels = await decode(imageOf(await get('lying.svg', given)))
    let grey = 0
    for (let y = 0; y < pixels.height; y++) {
      const [shade = 0] = pixels.at(0.5, (y + 0.5) / pixels.height)
      if (shade > 20 && shade < 235) grey++
    }
    assert.ok(grey <= sharpPixels, `${grey} grey pixels`)
  })

  test('can be cut to less than a pixel of its lower edge', async () => {
    const given = { crop: '0.0000_0.9000_1.0000_0.1000', width: 1, format: 'png' } as const
    const { width, height } = await decode(imageOf(await get('edge.svg', given)))
    assert.equal(`${width}×${height}`, '1×1')
  })

  test('has, without a size, its own', async () => {
    const { width, height } = await decode(imageOf(await get('edge.svg', { format: 'png' })))
    assert.equal(`${width}×${height}`, '100×100')
  })

  test('with a viewBox alone has its size', async () => {
    pictures['box.svg'] = drawSvg('viewBox="0 0 120 80"', '<rect width="120" height="80"/>')
    const { width, height } = await decode(imageOf(await get('box.svg', { format: 'png' })))
    assert.equal(`${width}×${height}`, '120×80')
  })

  test('is drawn only where it is cropped', async () => {
    pictures['wide.svg'] = drawEdge(1000, 1000)
    const startedAt = performance.now()
    const given = { crop: '0.4950_0.5000_0.0100_0.0100', width: 1000, format: 'png' } as const
    const pixels = await decode(imageOf(await get('wide.svg', given)))
    // All of it would be 100,000 × 100,000.
    assert.ok(performance.now() - startedAt < 2000)
    assertNear(pixels.at(0.1, 0.5), [0, 0, 0], 3)
    assertNear(pixels.at(0.9, 0.5), [255, 255, 255], 3)
  })
})

/** How many pixels of the middle row are neither black nor white. */
function countGrey(pixels: Awaited<ReturnType<typeof decode>>): number {
  let grey = 0
  for (let x = 0; x < pixels.width; x++) {
    const [shade = 0] = pixels.at((x + 0.5) / pixels.width, 0.5)
    if (shade > 20 && shade < 235) grey++
  }
  return grey
}
