import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { maxSide } from '../../../grammar/max-side.ts'
import type { VariantParameters } from '../../../grammar/parameters.ts'
import { parameters } from '../../../grammar/parameters.ts'
import { planOverlay } from '../../../transformer/plan/overlay.ts'

type Given = Omit<VariantParameters, 'format'>

const plan = (given: Given, output: string, overlay: string) =>
  planOverlay({ ...given, format: 'png' }, readSize(output), readSize(overlay))

interface Row {
  given?: Given
  /** The picture's size. Default 400×300. */
  output?: string
  overlay: string
  /** Place and size. */
  expected: string
}

const rows: readonly Row[] = [
  // Its own size, in the centre; half a pixel goes to the right.
  { overlay: '40×20', expected: '180,140 40×20' },
  { overlay: '41×21', expected: '180,140 41×21' },
  { overlay: '400×300', expected: '0,0 400×300' },
  // Never beyond the picture, in its own ratio.
  { overlay: '800×300', expected: '0,75 400×150' },
  { overlay: '300×600', expected: '125,0 150×300' },
  { overlay: '8000×10', expected: '0,150 400×1' },
  { overlay: '10×8000', expected: '200,0 1×300' },
  // In per cent of the picture's width.
  { given: { 'overlay-width': 50 }, overlay: '40×20', expected: '100,100 200×100' },
  { given: { 'overlay-width': 25 }, overlay: '800×400', expected: '150,125 100×50' },
  { given: { 'overlay-width': 100 }, overlay: '40×10', expected: '0,100 400×100' },
  { given: { 'overlay-width': 100 }, overlay: '40×60', expected: '100,0 200×300' },
  { given: { 'overlay-width': 1 }, overlay: '40×20', expected: '198,149 4×2' },
  // What rounds to nothing is one pixel, and not its own width.
  { given: { 'overlay-width': 1 }, output: '20×20', overlay: '16×16', expected: '10,10 1×1' },
  // Margins, in per cent of the shorter side.
  { given: { 'overlay-margin': 10 }, overlay: '40×20', expected: '180,140 40×20' },
  {
    given: { 'overlay-margin': 10, 'overlay-gravity': 'northwest' },
    overlay: '40×20',
    expected: '30,30 40×20',
  },
  {
    given: { 'overlay-margin': 10, 'overlay-gravity': 'southeast' },
    overlay: '40×20',
    expected: '330,250 40×20',
  },
  { given: { 'overlay-margin': 10 }, overlay: '800×400', expected: '30,65 340×170' },
  { given: { 'overlay-margin': 10, 'overlay-width': 100 }, overlay: '40×20', expected: '30,65 340×170' },
  { given: { 'overlay-margin': 50 }, overlay: '40×20', expected: '199,150 2×1' },
  { given: { 'overlay-margin': 50 }, output: '1×1', overlay: '40×20', expected: '0,0 1×1' },
  // The nine places.
  ...(
    [
      ['northwest', '0,0'],
      ['north', '180,0'],
      ['northeast', '360,0'],
      ['west', '0,140'],
      ['centre', '180,140'],
      ['east', '360,140'],
      ['southwest', '0,280'],
      ['south', '180,280'],
      ['southeast', '360,280'],
    ] as const
  ).map(([gravity, place]) => ({
    given: { 'overlay-gravity': gravity },
    overlay: '40×20',
    expected: `${place} 40×20`,
  })),
]

suite('planOverlay', () => {
  for (const { given = {}, output = '400×300', overlay, expected } of rows) {
    const what = JSON.stringify(given).replace(/["{}]/g, '') || 'nothing'
    test(`lays ${overlay} on ${output} with ${what} at ${expected}`, () => {
      const { left, top, width, height, gap } = plan(given, output, overlay)
      assert.equal(`${left},${top} ${width}×${height}`, expected)
      assert.equal(gap, undefined)
    })
  }

  test('repeats a tile with a gap as wide as the margin, which shrinks nothing', () => {
    const tiled = { 'overlay-gravity': 'tile' } as const
    assert.deepEqual(
      [plan(tiled, '400×300', '40×20').gap, plan({ ...tiled, 'overlay-margin': 10 }, '400×300', '40×20').gap],
      [0, 30],
    )
    const { width, height } = plan({ ...tiled, 'overlay-margin': 50 }, '400×300', '800×600')
    assert.deepEqual([width, height], [400, 300])
  })

  test('tells opacity as a share, 1 where nothing is said', () => {
    const opacities = [{}, { 'overlay-opacity': 100 }, { 'overlay-opacity': 1 }].map(
      (given) => plan(given, '9×9', '9×9').opacity,
    )
    assert.deepEqual(opacities, [1, 1, 0.01])
  })

  const side = (max: number) => fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max }))
  const size = (max: number) => fc.record({ width: side(max), height: side(max) })
  const words = parameters
    .find(({ name }) => name === 'overlay-gravity')
    ?.canonicalKind?.split(' ')
    .map((word) => word.replace(/=.*/, '')) as NonNullable<VariantParameters['overlay-gravity']>[]
  const percent = (max: number) => fc.integer({ min: 1, max })
  const anything = fc.record(
    {
      'overlay-width': percent(100),
      'overlay-gravity': fc.constantFrom(...words),
      'overlay-margin': percent(50),
      'overlay-opacity': percent(100),
    },
    { requiredKeys: [] },
  )

  test('keeps any overlay in any picture, in whole pixels', () => {
    assert.equal(words.length, 10)
    fc.assert(
      fc.property(anything, size(maxSide), size(60_000), (given, output, overlay) => {
        const planned = planOverlay({ ...given, format: 'png' }, output, overlay)
        const { left, top, width, height, opacity, gap } = planned
        const what = JSON.stringify(planned)
        assert.ok([left, top, width, height, gap ?? 0].every(Number.isInteger), what)
        assert.ok(left >= 0 && width >= 1 && left + width <= output.width, what)
        assert.ok(top >= 0 && height >= 1 && top + height <= output.height, what)
        assert.ok(opacity > 0 && opacity <= 1, what)
        assert.equal(gap !== undefined, given['overlay-gravity'] === 'tile')
      }),
      { numRuns: 3000 },
    )
  })

  test('keeps the ratio of any overlay to the pixel', () => {
    fc.assert(
      fc.property(anything, size(maxSide), size(60_000), (given, output, overlay) => {
        const { width, height } = planOverlay({ ...given, format: 'png' }, output, overlay)
        // The side that is less is rounded, and never below one pixel.
        const error =
          overlay.width >= overlay.height
            ? height - Math.max(1, (width * overlay.height) / overlay.width)
            : width - Math.max(1, (height * overlay.width) / overlay.height)
        assert.ok(Math.abs(error) <= 1.000001, `${width}×${height} is off by ${error}`)
      }),
      { numRuns: 3000 },
    )
  })

  test('covers the same share of each step of a ladder', () => {
    const given = { 'overlay-width': 20, 'overlay-margin': 4, 'overlay-gravity': 'southeast' } as const
    for (const width of [320, 640, 1280, 2560]) {
      const planned = planOverlay(
        { ...given, format: 'png' },
        { width, height: width * 0.75 },
        readSize('100×50'),
      )
      assert.deepEqual(
        [planned.width, planned.height, planned.left, planned.top].map((each) =>
          Math.round((each / width) * 100),
        ),
        [20, 10, 77, 62],
      )
    }
  })
})

function readSize(text: string) {
  const [width = 0, height = 0] = text.split('×').map(Number)
  return { width, height }
}
