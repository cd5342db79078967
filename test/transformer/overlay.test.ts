import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { createVectorMaker } from '../../transformer/vector/vector-maker.ts'
import { makeAnimation, frames as movingColours } from '../images/animation.ts'
import { drawSvg } from '../images/drawing.ts'
import { makeIccProfile } from '../images/icc-profile.ts'
import { embedProfile } from '../images/jpeg-segments.ts'
import { assertNear, decode, isNear, type Pixels } from '../images/pixels.ts'
import { makeOriented, quadrants } from '../images/quadrants.ts'
import { createTransformer, imageOf, problemOf } from './run.ts'

const settings = { overlays: 'marks/' }
const transformer = createTransformer({}, { settings })
const { get, pictures } = transformer

const ground = [30, 60, 120]
const ink = [230, 40, 20]
const mark = 'marks/ink.png'

/** One colour, of 3 channels or 4. */
function fill(width: number, height: number, [r = 0, g = 0, b = 0, alpha]: readonly number[]) {
  const background = alpha === undefined ? { r, g, b } : { r, g, b, alpha: alpha / 255 }
  return sharp({ create: { width, height, channels: alpha === undefined ? 3 : 4, background } })
}

before(async () => {
  pictures['plain.png'] = await fill(200, 120, ground).png().toBuffer()
  pictures['plain.jpg'] = await fill(200, 120, ground).jpeg({ quality: 95 }).toBuffer()
  pictures['moving.gif'] = await makeAnimation('gif', 60, 40)
  pictures['seen-through.png'] = await fill(200, 120, [...ground, 102])
    .png()
    .toBuffer()
  pictures['drawn.svg'] = drawSvg(
    'width="200" height="120"',
    `<rect width="200" height="120" fill="rgb(${ground})"/>`,
  )
  pictures[mark] = await fill(40, 20, ink).png().toBuffer()
  pictures['marks/large.png'] = await fill(900, 300, ink).png().toBuffer()
  pictures['marks/seen-through.png'] = await fill(40, 20, [...ink, 128])
    .png()
    .toBuffer()
  pictures['marks/nothing.png'] = await fill(40, 20, [...ink, 0])
    .png()
    .toBuffer()
  pictures['marks/ink.svg'] = drawSvg(
    'width="40" height="20"',
    `<rect width="40" height="20" fill="rgb(${ink})"/>`,
  )
  pictures['marks/moving.gif'] = await makeAnimation('gif', 40, 20)
  pictures['marks/text.png'] = Buffer.from('no picture')
  pictures['marks/cut.png'] = (await makeOriented(1, 90, 90, 'png')).subarray(0, 300)
})

async function lay(key: string, given: Partial<VariantParameters>, page?: number): Promise<Pixels> {
  const parameters = { overlay: mark, format: 'png', ...given } as const
  return decode(imageOf(await get(key, parameters)), page)
}

/** The colour of `over` where it covers a share of `under`. */
const mix = (share: number, over = ink, under = ground) =>
  over.map((channel, index) => channel * share + (under[index] ?? 0) * (1 - share))

suite('an overlay', () => {
  const places: readonly (readonly [VariantParameters['overlay-gravity'], x: number, y: number])[] = [
    ['northwest', 0, 0],
    ['north', 80, 0],
    ['northeast', 160, 0],
    ['west', 0, 50],
    [undefined, 80, 50],
    ['east', 160, 50],
    ['southwest', 0, 100],
    ['south', 80, 100],
    ['southeast', 160, 100],
  ]
  for (const [gravity, left, top] of places) {
    test(`lies at ${gravity ?? 'the centre'}, and nowhere else`, async () => {
      const pixels = await lay('plain.png', { 'overlay-gravity': gravity })
      assert.deepEqual(boxOf(pixels), { left, top, right: left + 40, bottom: top + 20 })
    })
  }

  const boxes: readonly (readonly [Partial<VariantParameters>, box: string])[] = [
    [{ 'overlay-margin': 10, 'overlay-gravity': 'southeast' }, '148,88–188,108'],
    [{ 'overlay-margin': 10, 'overlay-gravity': 'northwest' }, '12,12–52,32'],
    [{ 'overlay-width': 50 }, '50,35–150,85'],
    [{ 'overlay-width': 50, width: 100 }, '25,18–75,43'],
    [{ overlay: 'marks/large.png' }, '0,27–200,94'],
    [{ overlay: 'marks/large.png', 'overlay-margin': 5 }, '6,29–194,92'],
    // Over the finished picture: what is turned, cut or given margins is what it lies on, and is not done to it.
    [{ rotate: '90', 'overlay-gravity': 'north' }, '40,0–80,20'],
    [{ crop: '0_0_100_60', 'overlay-gravity': 'northwest' }, '0,0–40,20'],
    [{ width: 60, height: 60, 'overlay-gravity': 'southwest' }, '0,40–40,60'],
    [{ pad: 30, background: 'ffffff', 'overlay-gravity': 'northwest' }, '0,0–40,20'],
    [{ radius: 'max', background: 'ffffff', 'overlay-gravity': 'northwest' }, '0,0–40,20'],
    [{ blur: 20 }, '80,50–120,70'],
    [{ greyscale: '1' }, '80,50–120,70'],
  ]
  for (const [given, box] of boxes) {
    test(`with ${JSON.stringify(given).replace(/["{}]/g, '')} lies within ${box}`, async () => {
      const { left, top, right, bottom } = boxOf(await lay('plain.png', given))
      assert.equal(`${left},${top}–${right},${bottom}`, box)
    })
  }

  for (const opacity of [1, 25, 50, 99, 100]) {
    test(`of ${opacity} % lets the rest through`, async () => {
      const pixels = await lay('plain.png', { 'overlay-opacity': opacity })
      assertNear(pixels.at(0.5, 0.5), [...mix(opacity / 100), 255], 2)
      assertNear(pixels.at(0.05, 0.05), [...ground, 255], 0)
    })
  }

  test('keeps its own transparency, beside its opacity', async () => {
    const overlay = 'marks/seen-through.png'
    assertNear((await lay('plain.png', { overlay })).at(0.5, 0.5), mix(0.5), 2)
    assertNear((await lay('plain.png', { overlay, 'overlay-opacity': 50 })).at(0.5, 0.5), mix(0.25), 2)
    assert.equal(boxOf(await lay('plain.png', { overlay: 'marks/nothing.png' })).left, 200)
  })

  test('is repeated as a tile, with a gap', async () => {
    const tiled = { 'overlay-gravity': 'tile' } as const
    assert.equal(countInk(await lay('plain.png', tiled)), 200 * 120)
    const pixels = await lay('plain.png', { ...tiled, 'overlay-margin': 10 })
    // Tiles of 40 × 20 every 52 × 32 pixels, wherever they begin.
    const share = countInk(pixels) / (200 * 120)
    assert.ok(Math.abs(share - (40 * 20) / (52 * 32)) < 0.1, String(share))
    const starts = rowsOf(pixels)
    assert.ok(starts.length >= 3, starts.join())
    for (const [index, start] of starts.slice(1).entries()) assert.equal(start - (starts[index] ?? 0), 32)
    // One of them lies in the very centre.
    assert.ok(isInk(pixels.at(81 / 200, 51 / 120)) && isInk(pixels.at(119 / 200, 69 / 120)))
    assert.ok(!isInk(pixels.at(78 / 200, 0.5)) && !isInk(pixels.at(121 / 200, 0.5)))
  })

  test('that fills the picture is one tile', async () => {
    const given = { overlay: 'marks/large.png', 'overlay-gravity': 'tile', 'overlay-margin': 50 } as const
    const pixels = await lay('plain.png', { ...given, width: 90, height: 30, fit: 'fill' })
    assert.equal(countInk(pixels), 90 * 30)
  })

  for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif'] as const) {
    for (const key of ['plain.png', 'plain.jpg']) {
      test(`is in ${format} of ${key}, which stays opaque`, async () => {
        const bytes = imageOf(await get(key, { overlay: mark, 'overlay-width': 50, format }))
        const { hasAlpha, width, height } = await sharp(bytes).metadata()
        // GIF's palette always has a place for it.
        if (format !== 'gif') assert.equal(hasAlpha, false)
        assert.deepEqual([width, height], [200, 120])
        const pixels = await decode(bytes)
        assertNear(pixels.at(0.5, 0.5), [...ink, 255], 12)
        assertNear(pixels.at(0.1, 0.1), [...ground, 255], 12)
      })
    }
  }

  test('leaves the original’s transparency, and fills it where it lies', async () => {
    for (const format of ['png', 'webp', 'avif', 'auto', 'auto.webp'] as const) {
      const pixels = await lay('seen-through.png', { 'overlay-width': 50, format })
      assertNear(pixels.at(0.5, 0.5), [...ink, 255], 12, format)
      assertNear(pixels.at(0.1, 0.1), [...ground, 102], 12, format)
    }
    const flat = await lay('seen-through.png', { 'overlay-width': 50, format: 'jpeg' })
    assertNear(flat.at(0.1, 0.1), mix(0.4, ground, [255, 255, 255]), 12)
  })

  test('never lets the original’s own bytes pass for the variant', async () => {
    for (const format of ['png', 'auto', 'original'] as const) {
      const { status, headers } = await get('plain.png', { overlay: mark, format })
      // `original` is the original's own pixels.
      assert.equal(status, format === 'original' ? 400 : 200)
      assert.doesNotMatch(headers['x-fovea-variant'] ?? '', /passed/)
    }
  })

  test('is of its colour on a grey original, and leaves the grey', async () => {
    pictures['grey.png'] = await fill(200, 120, [90, 90, 90]).toColourspace('b-w').png().toBuffer()
    pictures['grey.jpg'] = await fill(200, 120, [90, 90, 90]).toColourspace('b-w').jpeg().toBuffer()
    for (const key of ['grey.png', 'grey.jpg']) {
      for (const opacity of [100, 50]) {
        const pixels = await lay(key, { 'overlay-opacity': opacity })
        assertNear(pixels.at(0.5, 0.5), mix(opacity / 100, ink, [90, 90, 90]), 3, key)
        assertNear(pixels.at(0.1, 0.1), [90, 90, 90], 1, key)
      }
    }
  })

  test('lies on an original of 16 bits', async () => {
    pictures['deep.png'] = await fill(200, 120, ground).toColourspace('rgb16').png().toBuffer()
    const pixels = await lay('deep.png', { 'overlay-opacity': 50 })
    assertNear(pixels.at(0.5, 0.5), mix(0.5), 2)
    assertNear(pixels.at(0.1, 0.1), ground, 1)
  })

  const overlays: readonly (readonly [name: string, make: () => Promise<Buffer>, expected?: number[]])[] = [
    ['JPEG', () => fill(40, 20, ink).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer()],
    ['WebP', () => fill(40, 20, ink).webp({ lossless: true }).toBuffer()],
    ['AVIF', () => fill(40, 20, ink).avif({ quality: 90 }).toBuffer()],
    ['GIF', () => fill(40, 20, ink).gif().toBuffer()],
    ['TIFF', () => fill(40, 20, ink).tiff().toBuffer()],
    ['PNG of 16 bits', () => fill(40, 20, ink).toColourspace('rgb16').png().toBuffer()],
    [
      'PNG of 16 bits with a profile',
      () => fill(40, 20, ink).withIccProfile('p3').toColourspace('rgb16').png().toBuffer(),
    ],
    ['grey PNG', () => fill(40, 20, [90, 90, 90]).toColourspace('b-w').png().toBuffer(), [90, 90, 90]],
    [
      'grey PNG with transparency',
      () => fill(40, 20, [90, 90, 90, 255]).toColourspace('b-w').png().toBuffer(),
      [90, 90, 90],
    ],
    // There and back, ink is a little darker.
    ['CMYK JPEG', () => fill(40, 20, [90, 90, 90]).toColourspace('cmyk').jpeg().toBuffer(), [80, 80, 78]],
  ]
  for (const [name, make, expected = ink] of overlays) {
    test(`may be a ${name}, whole or faded`, async () => {
      pictures['marks/kind'] = await make()
      for (const opacity of [100, 40]) {
        const pixels = await lay('plain.png', { overlay: 'marks/kind', 'overlay-opacity': opacity })
        assertNear(pixels.at(0.5, 0.5), mix(opacity / 100, expected), 8)
        assertNear(pixels.at(0.1, 0.1), [...ground, 255], 0)
      }
    })
  }

  test('has its colours by its profile, as an original has', async () => {
    const flat = await fill(40, 20, [200, 60, 60])
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer()
    pictures['marks/wide.jpg'] = embedProfile(flat, makeIccProfile('display-p3'))
    const own = (await decode(imageOf(await get('marks/wide.jpg', { format: 'png' })))).at(0.5, 0.5)
    assert.ok(!isNear(own, [200, 60, 60], 8), own.join())
    assertNear((await lay('plain.png', { overlay: 'marks/wide.jpg' })).at(0.5, 0.5), own, 2)
  })

  for (const orientation of [3, 6, 8]) {
    test(`turned by EXIF ${orientation} lies upright`, async () => {
      pictures['marks/turned.jpg'] = await makeOriented(orientation, 60, 40)
      const pixels = await lay('plain.png', { overlay: 'marks/turned.jpg', 'overlay-gravity': 'northwest' })
      const corners = {
        northwest: [5, 5],
        northeast: [55, 5],
        southwest: [5, 35],
        southeast: [55, 35],
      } as const
      for (const [corner, [x, y]] of Object.entries(corners)) {
        assertNear(pixels.at(x / 200, y / 120), quadrants[corner as keyof typeof quadrants], 12, corner)
      }
      assertNear(pixels.at(65 / 200, 5 / 120), ground, 0)
    })
  }

  test('lies in each frame of an animation', async () => {
    for (const [given, pages] of [
      [{ format: 'webp' }, 3],
      [{ format: 'gif' }, 3],
      [{ format: 'auto.avif' }, 3],
      [{ format: 'webp', width: 30 }, 3],
      [{ format: 'webp', page: 1 }, 1],
    ] as const) {
      const parameters = {
        overlay: mark,
        'overlay-width': 40,
        'overlay-gravity': 'southeast',
        ...given,
      } as const
      const bytes = imageOf(await get('moving.gif', parameters))
      assert.equal((await sharp(bytes, { pages: -1 }).metadata()).pages ?? 1, pages)
      for (let page = 0; page < pages; page++) {
        const pixels = await decode(bytes, page)
        assertNear(pixels.at(0.85, 0.9), ink, 12, `frame ${page}`)
        assertNear(pixels.at(0.2, 0.2), movingColours[pages === 1 ? 1 : page] ?? [], 12, `frame ${page}`)
      }
    }
  })

  test('that moves is its first frame', async () => {
    const pixels = await lay('plain.png', { overlay: 'marks/moving.gif' })
    assert.equal(`${pixels.width}×${pixels.height}`, '200×120')
    assertNear(pixels.at(0.5, 0.5), movingColours[0], 4)
    assertNear(pixels.at(0.5, 0.62), ground, 0)
  })
})

suite('an overlay that is a drawing, or lies on one,', () => {
  test('is sharp at any size', async () => {
    pictures['marks/edge.svg'] = drawSvg(
      'width="4" height="2"',
      '<rect width="4" height="2" fill="white"/><rect width="2" height="2" fill="black"/>',
    )
    const pixels = await lay('plain.png', { overlay: 'marks/edge.svg', 'overlay-width': 100 })
    assertNear(pixels.at(0.49, 0.5), [0, 0, 0], 3)
    assertNear(pixels.at(0.51, 0.5), [255, 255, 255], 3)
  })

  for (const [key, overlay, apart] of [
    ['plain.png', 'marks/ink.svg', 1],
    ['drawn.svg', mark, 1],
    ['drawn.svg', 'marks/ink.svg', 1],
    ['plain.png', mark, 0],
  ] as const) {
    test(`${overlay} on ${key} is drawn ${apart ? 'in a process that can be stopped' : 'here'}`, async () => {
      const script = fileURLToPath(new URL('vector/vector-script.ts', import.meta.url))
      const maker = createVectorMaker(script, [], ['--import', 'tsx'])
      let asked = 0
      const vectors: typeof maker = {
        make(...given) {
          asked++
          return maker.make(...given)
        },
      }
      const apartFrom = createTransformer(pictures, { settings, vectors })
      const parameters = { overlay, 'overlay-width': 50, 'overlay-opacity': 50, format: 'png' } as const
      const pixels = await decode(imageOf(await apartFrom.get(key, parameters)))
      assert.equal(asked, apart)
      assertNear(pixels.at(0.5, 0.5), mix(0.5), 2)
      assertNear(pixels.at(0.1, 0.1), ground, 1)
    })
  }

  test('is never passed on as a vector graphic', async () => {
    for (const format of ['auto', 'auto.avif'] as const) {
      const { headers } = await get('drawn.svg', { overlay: mark, format })
      assert.match(headers['content-type'] ?? '', /^image\/(png|jpeg|webp|avif)$/)
    }
  })
})

suite('an overlay that cannot be laid', () => {
  const png = { format: 'png' } as const
  const refused: readonly (readonly [name: string, overlay: string, status: number, code: string])[] = [
    ['is missing', 'marks/none.png', 404, 'missing'],
    ['is no picture', 'marks/text.png', 415, 'not-an-image'],
    ['is damaged', 'marks/cut.png', 415, 'undecodable'],
    ['lies elsewhere', 'plain.png', 403, 'forbidden'],
    ['lies beside the prefix', 'marks.png', 403, 'forbidden'],
  ]
  for (const [name, overlay, status, code] of refused) {
    test(`because it ${name} is answered ${status} ${code}`, async () => {
      const received = await get('plain.png', { overlay, ...png })
      assert.deepEqual([received.status, problemOf(received).code], [status, code])
    })
  }

  test('because of its pixels is answered 415 over-limit', async () => {
    const limited = (maxOverlayPixels: number) =>
      createTransformer(pictures, { settings: { ...settings, maxOverlayPixels } })
    const received = await limited(799).get('plain.png', { overlay: mark, ...png })
    assert.deepEqual([received.status, problemOf(received).code], [415, 'over-limit'])
    assert.match(String(problemOf(received).expected), /at most 799 pixels/)
    assert.equal((await limited(800).get('plain.png', { overlay: mark, ...png })).status, 200)
  })

  test('is not read where it lies outside the prefix, nor is the original', async () => {
    const before = transformer.reads.length
    await get('plain.png', { overlay: 'plain.png', ...png })
    assert.equal(transformer.reads.length, before)
  })

  test('is anything where the settings name no prefix', async () => {
    const none = createTransformer(pictures)
    const received = await none.get('plain.png', { overlay: mark, ...png })
    assert.deepEqual([received.status, problemOf(received).code], [403, 'forbidden'])
    assert.match(String(problemOf(received).expected), /a prefix of the settings/)
  })

  test('leaves an original that is missing the one to blame', async () => {
    const received = await get('none.png', { overlay: mark, ...png })
    assert.deepEqual([received.status, problemOf(received).received], [404, 'none.png'])
  })
})

/** The least box around the overlay's colour. */
function boxOf({ width, height, at }: Pixels) {
  const box = { left: width, top: height, right: 0, bottom: 0 }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isInk(at((x + 0.5) / width, (y + 0.5) / height))) continue
      box.left = Math.min(box.left, x)
      box.top = Math.min(box.top, y)
      box.right = Math.max(box.right, x + 1)
      box.bottom = Math.max(box.bottom, y + 1)
    }
  }
  return box
}

/** Whether it is the overlay's colour, and not the blue of the ground, its grey, or white. */
function isInk([red = 0, green = 0]: readonly number[]): boolean {
  return red > 200 && green < 80
}

function countInk({ width, height, at }: Pixels): number {
  let count = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (isInk(at((x + 0.5) / width, (y + 0.5) / height))) count++
  }
  return count
}

/** The first rows of each band of the overlay's colour. */
function rowsOf({ width, height, at }: Pixels): number[] {
  const inked = (y: number) =>
    y >= 0 && Array.from({ length: width }, (_, x) => at((x + 0.5) / width, (y + 0.5) / height)).some(isInk)
  return Array.from({ length: height }, (_, y) => y).filter((y) => y > 0 && inked(y) && !inked(y - 1))
}
