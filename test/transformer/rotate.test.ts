import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { makeTurningAnimation } from '../images/animation.ts'
import { drawSvg } from '../images/drawing.ts'
import { assertNear, decode } from '../images/pixels.ts'
import { makeOriented, makeQuadrants, quadrants } from '../images/quadrants.ts'
import { createTransformer, imageOf } from './run.ts'

const { get, pictures } = createTransformer()

const { northwest: nw, northeast: ne, southwest: sw, southeast: se } = quadrants

type Colour = readonly number[]

/** The colours of the four corners: north-west, north-east, south-west, south-east. */
type Corners = readonly [Colour, Colour, Colour, Colour]

/** What each turn makes of the corners of an upright picture. */
const turns: readonly (readonly [Pick<VariantParameters, 'rotate' | 'flip'>, Corners])[] = [
  [{ rotate: '90' }, [sw, nw, se, ne]],
  [{ rotate: '180' }, [se, sw, ne, nw]],
  [{ rotate: '270' }, [ne, se, nw, sw]],
  [{ flip: 'h' }, [ne, nw, se, sw]],
  [{ flip: 'v' }, [sw, se, nw, ne]],
  [{ flip: 'hv' }, [se, sw, ne, nw]],
  [{ rotate: '90', flip: 'h' }, [nw, sw, ne, se]],
  [{ rotate: '90', flip: 'v' }, [se, ne, sw, nw]],
  [{ rotate: '90', flip: 'hv' }, [ne, se, nw, sw]],
  [{ rotate: '180', flip: 'h' }, [sw, se, nw, ne]],
  [{ rotate: '180', flip: 'v' }, [ne, nw, se, sw]],
  [{ rotate: '180', flip: 'hv' }, [nw, ne, sw, se]],
  [{ rotate: '270', flip: 'h' }, [se, ne, sw, nw]],
  [{ rotate: '270', flip: 'v' }, [nw, sw, ne, se]],
  [{ rotate: '270', flip: 'hv' }, [sw, nw, se, ne]],
]

const isQuarter = (rotate: VariantParameters['rotate']) => rotate === '90' || rotate === '270'

before(async () => {
  pictures['quadrants.png'] = await makeQuadrants(120, 80).png().toBuffer()
  pictures['large.jpg'] = await makeQuadrants(1200, 800).jpeg({ quality: 95 }).toBuffer()
  pictures['moving.gif'] = await makeTurningAnimation('gif', 60, 40)
  pictures['moving.webp'] = await makeTurningAnimation('webp', 60, 40)
  pictures['quadrants.svg'] = drawSvg(
    'width="12" height="8"',
    [
      [0, 0, nw],
      [6, 0, ne],
      [0, 4, sw],
      [6, 4, se],
    ]
      .map(([x, y, colour]) => `<rect x="${x}" y="${y}" width="6" height="4" fill="rgb(${colour})"/>`)
      .join(''),
  )
})

suite('a picture of 120×80', () => {
  for (const [given, corners] of turns) {
    const what = JSON.stringify(given).replace(/["{}]/g, '')
    const swapped = isQuarter(given.rotate)

    test(`with ${what} has its corners where they belong`, async () => {
      const bytes = imageOf(await get('quadrants.png', { ...given, format: 'png' }))
      await assertCorners(bytes, swapped ? '80×120' : '120×80', corners, 2)
    })

    test(`with ${what} is scaled as it comes to lie`, async () => {
      const bytes = imageOf(await get('quadrants.png', { ...given, width: 40, format: 'png' }))
      await assertCorners(bytes, swapped ? '40×60' : '40×27', corners, 8)
    })

    test(`with ${what} is drawn afresh from a vector graphic`, async () => {
      const bytes = imageOf(await get('quadrants.svg', { ...given, width: 240, format: 'png' }))
      await assertCorners(bytes, swapped ? '240×360' : '240×160', corners, 2)
      await assertSharp(bytes)
    })

    for (const key of ['moving.gif', 'moving.webp']) {
      test(`with ${what} moves in ${key}`, async () => {
        const bytes = imageOf(await get(key, { ...given, format: 'webp', quality: 95 }))
        const metadata = await sharp(bytes, { pages: -1 }).metadata()
        assert.equal(metadata.pages, 3)
        for (const page of [0, 1, 2]) {
          await assertCorners(bytes, swapped ? '40×60' : '60×40', corners, 24, page)
        }
      })
    }
  }

  test('is turned after its own orientation', async () => {
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      pictures.oriented = await makeOriented(orientation, 120, 80)
      for (const [given, corners] of turns) {
        const size = isQuarter(given.rotate) ? '40×60' : '60×40'
        const [width] = size.split('×').map(Number)
        const bytes = imageOf(await get('oriented', { ...given, width, format: 'png' }))
        await assertCorners(bytes, size, corners, 14)
      }
    }
  })

  test('is turned after its own orientation where it is cropped', async () => {
    for (const orientation of [1, 3, 5, 6, 8]) {
      pictures.oriented = await makeOriented(orientation, 120, 80)
      const given = { crop: '60_0_60_40', rotate: '90', width: 20, format: 'png' } as const
      await assertCorners(imageOf(await get('oriented', given)), '20×30', [ne, ne, ne, ne], 14)
    }
  })
})

suite('a turn', () => {
  const combined: readonly (readonly [VariantParameters, size: string, Corners])[] = [
    // The crop counts pixels of the upright original.
    [{ rotate: '90', crop: '0_0_60_80', format: 'png' }, '80×60', [sw, nw, sw, nw]],
    [{ rotate: '270', crop: '0_0_120_40', format: 'png' }, '40×120', [ne, ne, nw, nw]],
    [{ flip: 'h', crop: '0_0_60_80', format: 'png' }, '60×80', [nw, nw, sw, sw]],
    // Gravity is of the turned picture.
    [{ rotate: '90', width: 80, height: 20, gravity: 'north', format: 'png' }, '80×20', [sw, nw, sw, nw]],
    [{ rotate: '90', width: 80, height: 20, gravity: 'south', format: 'png' }, '80×20', [se, ne, se, ne]],
    [{ flip: 'h', width: 20, height: 80, gravity: 'west', format: 'png' }, '20×80', [ne, ne, se, se]],
    [
      { rotate: '90', crop: '0_0_60_80', width: 20, height: 60, gravity: 'west', format: 'png' },
      '20×60',
      [sw, sw, sw, sw],
    ],
    [{ rotate: '90', width: 60, height: 60, fit: 'fill', format: 'png' }, '60×60', [sw, nw, se, ne]],
    [{ rotate: '90', aspect: '1-1', gravity: 'north', format: 'png' }, '80×80', [sw, nw, se, ne]],
    [{ rotate: '90', aspect: '2-1', gravity: 'north', format: 'png' }, '80×40', [sw, nw, sw, nw]],
    [{ rotate: '90', width: 160, enlarge: '1', format: 'png' }, '160×240', [sw, nw, se, ne]],
  ]
  for (const [given, size, corners] of combined) {
    test(`with ${JSON.stringify(given).replace(/["{}]/g, '')} is ${size}`, async () => {
      await assertCorners(imageOf(await get('quadrants.png', given)), size, corners, 8)
    })
  }

  for (const gravity of ['attention', 'entropy'] as const) {
    for (const [given] of turns) {
      test(`with ${gravity} after ${JSON.stringify(given)} has the size asked for`, async () => {
        const box = { width: 90, height: 30, gravity, format: 'png' } as const
        const { width, height } = await decode(imageOf(await get('large.jpg', { ...given, ...box })))
        assert.equal(`${width}×${height}`, '90×30')
      })
    }
  }

  test('finds what draws attention where it comes to lie', async () => {
    const spot = '<rect x="20" y="20" width="40" height="40" fill="rgb(255,120,90)"/>'
    pictures['spot.png'] = await sharp(
      drawSvg('width="300" height="80"', `<rect width="300" height="80" fill="#777"/>${spot}`),
    )
      .png()
      .toBuffer()
    const given = { rotate: '90', width: 80, height: 80, gravity: 'attention', format: 'png' } as const
    const pixels = await decode(imageOf(await get('spot.png', given)))
    const seen = [0.25, 0.5, 0.75].flatMap((x) => [0.25, 0.5, 0.75].map((y) => pixels.at(x, y)[0] ?? 0))
    assert.ok(
      seen.some((red) => red > 240),
      seen.join(),
    )
  })
})

async function assertCorners(
  bytes: Buffer,
  size: string,
  corners: Corners,
  tolerance: number,
  page = 0,
): Promise<void> {
  const pixels = await decode(bytes, page)
  assert.equal(`${pixels.width}×${pixels.height}`, size)
  for (const [index, corner] of corners.entries()) {
    const place = [index % 2 ? 0.9 : 0.1, index > 1 ? 0.9 : 0.1] as const
    assertNear(pixels.at(...place), corner, tolerance, `corner ${index}`)
  }
}

/** Fails where the edge between the upper quadrants is blurred, as that of 12 pixels made large would be. */
async function assertSharp(bytes: Buffer): Promise<void> {
  const pixels = await decode(bytes)
  const row = Array.from({ length: pixels.width }, (_, x) => pixels.at((x + 0.5) / pixels.width, 0.2))
  const changes = row.filter((colour, x) => x > 0 && String(colour) !== String(row[x - 1])).length
  assert.ok(changes <= 3, `${changes} changes of colour`)
}
