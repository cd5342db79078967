import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { assertNear, decode } from '../images/pixels.ts'
import { makeQuadrants, quadrants } from '../images/quadrants.ts'
import { createTransformer, imageOf } from './run.ts'

const { get, pictures } = createTransformer()

/** Of 255; PNG is exact but at the edges, where pixels are scaled. */
const tolerance = 3

const { northwest, northeast, southwest, southeast } = quadrants
const green = [0, 128, 0, 255]

interface Row {
  given: Omit<VariantParameters, 'format'>
  size: string
  /** The colours just within the four corners: north-west, north-east, south-west, south-east. */
  corners: readonly (readonly number[])[]
}

const all = [northwest, northeast, southwest, southeast]

/** Of a picture of 120 × 80 with a colour to each quadrant. */
const rows: readonly Row[] = [
  { given: {}, size: '120×80', corners: all },
  { given: { width: 60 }, size: '60×40', corners: all },
  { given: { height: 20 }, size: '30×20', corners: all },
  { given: { width: 500 }, size: '120×80', corners: all },
  { given: { width: 480, enlarge: '1' }, size: '480×320', corners: all },
  { given: { width: 40, height: 40 }, size: '40×40', corners: all },
  { given: { width: 40, height: 40, fit: 'inside' }, size: '40×27', corners: all },
  { given: { width: 40, height: 40, fit: 'outside' }, size: '60×40', corners: all },
  { given: { width: 40, height: 80, fit: 'fill' }, size: '40×80', corners: all },
  {
    given: { width: 20, height: 80, gravity: 'west' },
    size: '20×80',
    corners: [northwest, northwest, southwest, southwest],
  },
  {
    given: { width: 20, height: 80, gravity: 'east' },
    size: '20×80',
    corners: [northeast, northeast, southeast, southeast],
  },
  {
    given: { width: 120, height: 20, gravity: 'north' },
    size: '120×20',
    corners: [northwest, northeast, northwest, northeast],
  },
  {
    given: { width: 120, height: 20, gravity: 'south' },
    size: '120×20',
    corners: [southwest, southeast, southwest, southeast],
  },
  {
    given: { width: 20, height: 80, gravity: '0.10_0.50' },
    size: '20×80',
    corners: [northwest, northwest, southwest, southwest],
  },
  { given: { aspect: '1-1', gravity: 'west' }, size: '80×80', corners: all },
  {
    given: { aspect: '1-4', gravity: 'southeast' },
    size: '20×80',
    corners: [northeast, northeast, southeast, southeast],
  },
  {
    given: { width: 120, height: 120, fit: 'contain', background: '008000' },
    size: '120×120',
    corners: [green, green, green, green],
  },
  {
    given: { width: 120, height: 120, fit: 'contain', background: '008000', gravity: 'north' },
    size: '120×120',
    corners: [northwest, northeast, green, green],
  },
  { given: { crop: '0_0_60_40' }, size: '60×40', corners: [northwest, northwest, northwest, northwest] },
  {
    given: { crop: '0.5000_0.5000_0.5000_0.5000' },
    size: '60×40',
    corners: [southeast, southeast, southeast, southeast],
  },
  {
    given: { crop: '60_0_60_80', width: 30 },
    size: '30×40',
    corners: [northeast, northeast, southeast, southeast],
  },
  {
    given: { crop: '0_40_120_40', width: 10, height: 40, gravity: 'east' },
    size: '10×40',
    corners: [southeast, southeast, southeast, southeast],
  },
]

before(async () => {
  pictures['quadrants.png'] = await makeQuadrants(120, 80).png().toBuffer()
})

suite('a variant of 120×80', () => {
  for (const { given, size, corners } of rows) {
    test(`with ${JSON.stringify(given).replace(/["{}]/g, '') || 'nothing'} is ${size}`, async () => {
      const pixels = await decode(imageOf(await get('quadrants.png', { ...given, format: 'png' })))
      assert.equal(`${pixels.width}×${pixels.height}`, size)
      const seen = [
        pixels.at(0.05, 0.05),
        pixels.at(0.95, 0.05),
        pixels.at(0.05, 0.95),
        pixels.at(0.95, 0.95),
      ]
      for (const [index, corner] of corners.entries()) {
        assertNear(seen[index] ?? [], corner, tolerance, `corner ${index}`)
      }
    })
  }

  for (const gravity of ['attention', 'entropy']) {
    test(`has the size asked where ${gravity} crops`, async () => {
      const bytes = imageOf(await get('quadrants.png', { width: 33, height: 44, gravity, format: 'png' }))
      const { width, height } = await decode(bytes)
      assert.equal(`${width}×${height}`, '33×44')
    })
  }
})
