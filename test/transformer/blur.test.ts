import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import { drawEdge } from '../images/drawing.ts'
import { makePhotograph } from '../images/photograph.ts'
import { assertNear, decode } from '../images/pixels.ts'
import { createTransformer, imageOf } from './run.ts'

const { get, pictures } = createTransformer()

const red = [220, 40, 30]

before(async () => {
  pictures['edge.png'] = await sharp(drawEdge(200, 40)).flatten().png().toBuffer()
  pictures['wide.png'] = await sharp(drawEdge(800, 160)).flatten().png().toBuffer()
  pictures['photograph.png'] = await makePhotograph(200, 120).png().toBuffer()
  // A red box; black hides under all that is transparent.
  const pixels = Buffer.alloc(80 * 80 * 4)
  for (let y = 20; y < 60; y++) {
    for (let x = 20; x < 60; x++) pixels.set([...red, 255], (y * 80 + x) * 4)
  }
  pictures['box.png'] = await sharp(pixels, { raw: { width: 80, height: 80, channels: 4 } })
    .png()
    .toBuffer()
  const [grey, light] = [100, 150]
  const soft = Buffer.alloc(200 * 40 * 3).map((_, at) => (Math.floor(at / 3) % 200 < 100 ? grey : light))
  pictures['soft.png'] = await sharp(soft, { raw: { width: 200, height: 40, channels: 3 } })
    .png()
    .toBuffer()
  const frames = [soft, Buffer.from(soft).reverse()]
  pictures['moving.gif'] = await sharp(Buffer.concat(frames), {
    raw: { width: 200, height: 80, channels: 3, pageHeight: 40 },
  })
    .gif()
    .toBuffer()
})

/** The red of the middle row. */
async function readRow(bytes: Buffer, page = 0): Promise<number[]> {
  const { width, at } = await decode(bytes, page)
  return Array.from({ length: width }, (_, x) => at((x + 0.5) / width, 0.5)[0] ?? 0)
}

/** The standard deviation of the Gaussian that a black-and-white edge has become. */
function measureSigma(row: readonly number[]): number {
  const slopes = row.slice(1).map((value, x) => Math.abs(value - (row[x] ?? 0)))
  const sum = slopes.reduce((total, slope) => total + slope, 0)
  const mean = slopes.reduce((total, slope, x) => total + slope * x, 0) / sum
  return Math.sqrt(slopes.reduce((total, slope, x) => total + slope * (x - mean) ** 2, 0) / sum)
}

suite('blur', () => {
  for (const sigma of [0.5, 1, 2, 4, 10]) {
    test(`of ${sigma} has that sigma`, async () => {
      const row = await readRow(imageOf(await get('edge.png', { blur: sigma, format: 'png' })))
      assert.ok(Math.abs(measureSigma(row) - sigma) < 0.08 * sigma, `${measureSigma(row)}`)
    })
  }

  test('is measured in pixels of the result', async () => {
    const row = await readRow(imageOf(await get('wide.png', { width: 200, blur: 4, format: 'png' })))
    assert.equal(row.length, 200)
    assert.ok(Math.abs(measureSigma(row) - 4) < 0.5, `${measureSigma(row)}`)
  })

  test('leaves no dark fringe where the picture ends in transparency', async () => {
    const { at } = await decode(imageOf(await get('box.png', { blur: 5, format: 'png' })))
    let blended = 0
    for (let x = 0; x < 80; x++) {
      const [r = 0, g = 0, b = 0, alpha = 0] = at((x + 0.5) / 80, 0.5)
      if (alpha < 24) continue
      if (alpha < 250) blended++
      // At low opacity eight bits say little of a colour.
      assertNear([r, g, b], red, 3 + 1500 / alpha, `column ${x} of opacity ${alpha}`)
    }
    assert.ok(blended > 10, `${blended} blended pixels`)
  })

  test('blurs the picture and not into its margin', async () => {
    const given = { blur: 8, pad: 10, background: '0000ff', format: 'png' } as const
    const { at } = await decode(imageOf(await get('edge.png', given)))
    assertNear(at(9.5 / 220, 0.5), [0, 0, 255, 255], 0)
    assertNear(at(10.5 / 220, 0.5), [0, 0, 0, 255], 2)
  })

  test('blurs what rounded corners are then cut out of', async () => {
    const { at } = await decode(imageOf(await get('edge.png', { blur: 8, radius: 20, format: 'png' })))
    assert.equal(at(0, 0)[3], 0)
    assert.equal(at(0.5, 0)[3], 255)
  })

  test('blurs each frame by itself', async () => {
    const bytes = imageOf(await get('moving.gif', { blur: 3, format: 'webp', quality: 100 }))
    const [first, second] = [await readRow(bytes, 0), await readRow(bytes, 1)]
    for (const row of [first, second]) assert.ok(Math.abs(measureSigma(row) - 3) < 1, `${measureSigma(row)}`)
    assert.ok((first[0] ?? 0) < 110 && (second[0] ?? 0) > 140)
    const { at } = await decode(bytes, 0)
    // The next frame lies below this one, and is the lighter one here.
    assert.ok((at(0.1, 0.99)[0] ?? 0) < 110, `${at(0.1, 0.99)}`)
  })
})

suite('sharpen', () => {
  for (const key of ['soft.png', 'moving.gif']) {
    test(`steepens the edges of ${key} and leaves what is flat`, async () => {
      const bytes = imageOf(await get(key, { sharpen: 2, format: 'webp', quality: 100 }))
      const row = await readRow(bytes)
      assert.ok(Math.min(...row) < 96 && Math.max(...row) > 154, `${Math.min(...row)}..${Math.max(...row)}`)
      assert.ok(Math.abs((row[10] ?? 0) - 100) <= 3 && Math.abs((row[190] ?? 0) - 150) <= 3)
    })
  }

  test('raises the contrast of detail with a larger sigma', async () => {
    const spread = async (sharpen: number | undefined) => {
      const bytes = imageOf(await get('photograph.png', { sharpen, format: 'png' }))
      const { channels } = await sharp(
        await sharp(bytes).greyscale().convolve(laplacian).png().toBuffer(),
      ).stats()
      return channels[0]?.stdev ?? 0
    }
    const [plain, mild, strong] = [await spread(undefined), await spread(0.5), await spread(2)]
    assert.ok(plain < mild && mild < strong, `${plain} ${mild} ${strong}`)
  })

  test('keeps opacity where it is', async () => {
    const { at } = await decode(imageOf(await get('box.png', { sharpen: 2, format: 'png' })))
    for (const place of [0.1, 0.24, 0.9]) assert.equal(at(place, 0.5)[3], 0)
    for (const place of [0.26, 0.5, 0.7]) assert.equal(at(place, 0.5)[3], 255)
    assertNear(at(0.5, 0.5), [...red, 255], 2)
  })
})

const laplacian = { width: 3, height: 3, kernel: [0, 1, 0, 1, -4, 1, 0, 1, 0], scale: 1, offset: 128 }
