import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { maxSide } from '../../../grammar/max-side.ts'
import { parameters } from '../../../grammar/parameters.ts'
import { readValue } from '../../../grammar/value-kinds.ts'
import { type GeometryParameters, planGeometry, type Size } from '../../../transformer/plan/geometry.ts'

/** Small, ordinary and extreme lengths alike. */
const length = (most: number) => fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: most }))

const source = fc.record({ width: length(70_000), height: length(70_000) })

const fits = closedSet('fit')
const gravities = [
  'centre',
  'north',
  'northeast',
  'east',
  'southeast',
  'south',
  'southwest',
  'west',
  'northwest',
]

const ratio = fc
  .tuple(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 64 }))
  .map(([across, down]) => readValue('W-H<=64', `${across}-${down}`) as string)

const given: fc.Arbitrary<GeometryParameters> = fc
  .record(
    {
      width: length(maxSide),
      height: length(maxSide),
      fit: fc.constantFrom(...fits),
      gravity: fc.oneof(
        fc.constantFrom(...gravities),
        fc.tuple(share(), share()).map(([x, y]) => `${x}_${y}`),
      ),
      aspect: ratio,
    },
    { requiredKeys: [] },
  )
  // A ratio stands alone in a canonical URL.
  .map(({ aspect: alone, ...rest }) => (rest.width || rest.height ? rest : { ...rest, aspect: alone }))

const anyCase = fc.tuple(source, given, fc.boolean())

suite('laws of planGeometry, whatever the picture and the parameters', () => {
  law('every length is a whole number of at least 1', (source, given, mayEnlarge) => {
    const { scaled, crop, margin, output } = planGeometry(source, given, mayEnlarge)
    for (const side of [
      scaled.width,
      scaled.height,
      output.width,
      output.height,
      crop?.width ?? 1,
      crop?.height ?? 1,
    ]) {
      assert.ok(Number.isInteger(side) && side >= 1, `${side}`)
    }
    for (const gap of Object.values(margin ?? {})) assert.ok(Number.isInteger(gap) && gap >= 0, `${gap}`)
  })

  law('a crop lies within what is scaled and is what comes out', (source, given, mayEnlarge) => {
    const { scaled, crop, output } = planGeometry(source, given, mayEnlarge)
    if (!crop || !('left' in crop)) return
    assert.ok(crop.left >= 0 && crop.left + crop.width <= scaled.width)
    assert.ok(crop.top >= 0 && crop.top + crop.height <= scaled.height)
    assert.deepEqual({ width: crop.width, height: crop.height }, output)
  })

  law('scaled, cut and padded are the output', (source, given, mayEnlarge) => {
    const { scaled, crop, margin, output } = planGeometry(source, given, mayEnlarge)
    assert.ok(!(crop && margin), 'both cut and padded')
    const kept = crop ?? scaled
    assert.equal(kept.width + (margin ? margin.left + margin.right : 0), output.width)
    assert.equal(kept.height + (margin ? margin.top + margin.bottom : 0), output.height)
  })

  law('no side of the output exceeds the limit', (source, given, mayEnlarge) => {
    const { output } = planGeometry(source, given, mayEnlarge)
    assert.ok(output.width <= maxSide && output.height <= maxSide, JSON.stringify(output))
  })

  law('nothing is enlarged unless it may', (source, given) => {
    const { scaled } = planGeometry(source, given, false)
    assert.ok(scaled.width <= source.width && scaled.height <= source.height, JSON.stringify(scaled))
  })

  law('the output is no larger than the box', (source, given, mayEnlarge) => {
    if (!given.width || !given.height || given.fit === 'outside') return
    const { output } = planGeometry(source, given, mayEnlarge)
    assert.ok(output.width <= given.width && output.height <= given.height, JSON.stringify(output))
  })

  law('cover and fill keep the ratio of the box to the pixel', (source, given, mayEnlarge) => {
    if (!given.width || !given.height || !['cover', 'fill', undefined].includes(given.fit)) return
    const { output } = planGeometry(source, given, mayEnlarge)
    assertRatio(output, { width: given.width, height: given.height })
  })

  law('all but fill keep the ratio of the picture to the pixel', (source, given, mayEnlarge) => {
    if (given.fit === 'fill') return
    // Of what one pixel rounds to, twice where the limit cuts in, nothing can be asked.
    const { scaled } = planGeometry(source, given, mayEnlarge)
    if (Math.min(scaled.width, scaled.height) < 20 || Math.max(scaled.width, scaled.height) >= maxSide) return
    assertRatio(scaled, source)
  })

  law('gravity moves the picture and changes no size', (source, given, mayEnlarge) => {
    const centred = planGeometry(source, { ...given, gravity: 'centre' }, mayEnlarge)
    const { scaled, output } = planGeometry(source, given, mayEnlarge)
    assert.deepEqual({ scaled, output }, { scaled: centred.scaled, output: centred.output })
  })

  test('has seen every fit, with and without a crop and margins', () => {
    const seen = new Set<string>()
    for (const [source, given, mayEnlarge] of fc.sample(anyCase, { numRuns: 3000, seed: 1 })) {
      const { crop, margin } = planGeometry(source, given, mayEnlarge)
      seen.add(`fit ${given.fit ?? 'none'}`)
      if (crop) seen.add('crop')
      if (margin) seen.add('margin')
    }
    assert.deepEqual(
      [...seen].sort(),
      ['crop', ...fits.map((fit) => `fit ${fit}`), 'fit none', 'margin'].sort(),
    )
  })
})

/** The shorter side is what the longer one gives, to the pixel. */
function assertRatio(output: Size, box: Size): void {
  const error =
    box.width >= box.height
      ? output.height - (output.width * box.height) / box.width
      : output.width - (output.height * box.width) / box.height
  assert.ok(Math.abs(error) <= 1.000001, `${JSON.stringify(output)} is off by ${error}`)
}

function law(name: string, holds: (source: Size, given: GeometryParameters, mayEnlarge: boolean) => void) {
  test(name, () => {
    fc.assert(
      fc.property(anyCase, ([source, given, mayEnlarge]) => holds(source, given, mayEnlarge)),
      { numRuns: 2000 },
    )
  })
}

function share(): fc.Arbitrary<string> {
  return fc.integer({ min: 0, max: 100 }).map((hundredths) => (hundredths / 100).toFixed(2))
}

/** The words of a parameter that is a closed set. */
function closedSet(name: 'fit') {
  const kind = parameters.find((row) => row.name === name)?.canonicalKind as string
  return kind.split(' ').map((word) => word.split('=')[0]) as NonNullable<GeometryParameters['fit']>[]
}
