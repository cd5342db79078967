import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { maxSide } from '../../../grammar/max-side.ts'
import type { VariantParameters } from '../../../grammar/parameters.ts'
import type { Source } from '../../../transformer/original/inspect.ts'
import { type Plan, planVariant } from '../../../transformer/plan/plan.ts'
import type { Region } from '../../../transformer/plan/region.ts'
import { turnSize } from '../../../transformer/plan/turn.ts'
import { TransformError } from '../../../transformer/transform-error.ts'
import { arbitraryVariant } from '../../grammar/arbitrary-request.ts'
import { settings } from '../run.ts'

const side = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 20_000 }))

const still = fc.record({
  format: fc.constantFrom('jpeg', 'png', 'webp', 'avif', 'tiff', 'svg'),
  pages: fc.constant(1),
  animated: fc.constant(false),
})
const animation = fc.record({
  format: fc.constantFrom('gif', 'webp'),
  pages: fc.integer({ min: 2, max: 1200 }),
  animated: fc.constant(true),
})

const source: fc.Arbitrary<Source> = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: still }, animation),
    fc.record({ width: side, height: side, hasAlpha: fc.boolean(), deep: fc.boolean() }),
  )
  .map(([kind, rest]) => ({ ...kind, ...rest }) as Source)

/** A box within a picture, from four shares of it. */
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })

/** Hundredths of a sigma. */
const sigma = fc.integer({ min: 30, max: 1000 }).map((hundredths) => hundredths / 100)

const anyCase = fc.tuple(
  fc
    .tuple(arbitraryVariant, fc.record({ blur: sigma, sharpen: sigma }, { requiredKeys: [] }))
    .map(([{ parameters }, sigmas]) => ({ ...parameters, ...sigmas })),
  source,
  shares,
  fc.integer({ min: 0, max: 1 }),
)

/** The plan of a case, or the code of its refusal. */
function plan(
  given: VariantParameters,
  original: Source,
  [a = 0, b = 0, c = 0, d = 0]: readonly number[],
  // Most pixel boxes lie outside of most pictures.
  keepsCrop: number,
): Plan | string {
  const left = Math.floor(a * (original.width - 1))
  const top = Math.floor(b * (original.height - 1))
  const width = 1 + Math.floor(c * (original.width - left - 1))
  const height = 1 + Math.floor(d * (original.height - top - 1))
  const trimmed = given.trim === undefined ? undefined : { left, top, width, height }
  const { page, crop, ...rest } = given
  const known = { ...rest, page: page && page % original.pages, crop: keepsCrop ? crop : undefined }
  try {
    return planVariant(known, original, settings, trimmed)
  } catch (error) {
    if (error instanceof TransformError) return error.problem.code
    throw error
  }
}

suite('laws of planVariant, whatever the original and the parameters', () => {
  law('every side is a whole number from 1 to the limit', ({ upright, geometry, region }) => {
    const { output, crop, scaled } = geometry
    for (const size of [output, crop ?? output, region ?? output, scaled, upright]) {
      for (const length of [size.width, size.height]) {
        assert.ok(Number.isInteger(length) && length >= 1, `${length}`)
      }
    }
    assert.ok(Math.max(output.width, output.height) <= maxSide)
    assert.ok(output.width * output.height <= settings.maxOutputPixels)
  })

  law('what is used lies within the original', ({ region }, source) => {
    if (region) assertWithin(region, source)
  })

  law('a cut lies within what has been scaled and turned', ({ geometry: { crop, scaled } }) => {
    if (!crop) return
    assertWithin('left' in crop ? crop : { left: 0, top: 0, ...crop }, scaled)
  })

  law('scaled, cut and surrounded are what comes out', ({ geometry: { crop, scaled, margin, output } }) => {
    const kept = crop ?? scaled
    const { left, top, right, bottom } = margin ?? { left: 0, top: 0, right: 0, bottom: 0 }
    for (const gap of [left, top, right, bottom]) assert.ok(Number.isInteger(gap) && gap >= 0, `${gap}`)
    assert.equal(left + kept.width + right, output.width)
    assert.equal(top + kept.height + bottom, output.height)
  })

  law('a quarter turn swaps the sides, nothing else does', ({ turn, upright, geometry }) => {
    assert.deepEqual(turnSize(upright, turn), geometry.scaled)
  })

  law('a radius is at most half the shorter side', ({ retouch, geometry: { crop, scaled } }) => {
    const { width, height } = crop ?? scaled
    const radius = retouch?.radius ?? 0.5
    assert.ok(radius >= 0.5 && radius <= Math.min(width, height) / 2, `${radius}`)
  })

  law('rounded corners are never lost to a JPEG that was not asked for', (plan, _source, given) => {
    if (!plan.hasAlpha || given.format === 'jpeg' || given.format === 'original') return
    assert.notEqual(plan.encoder.format, 'jpeg')
  })

  test('has seen every kind of step, and refusals of two codes alone', () => {
    const seen = new Map<string, number>()
    for (const each of fc.sample(anyCase, { numRuns: 3000, seed: 7 })) {
      const made = plan(...each)
      const { region, turn, retouch, geometry } = typeof made === 'string' ? noPlan : made
      const names = [
        typeof made === 'string' ? made : 'planned',
        ...(region ? ['region'] : []),
        ...(turn ? [`turn ${turn.angle}`] : []),
        ...Object.keys(retouch ?? {}),
        ...(geometry?.margin ? ['margin'] : []),
        ...(geometry?.crop ? ['crop'] : []),
      ]
      for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1)
    }
    const refused = ['outside', 'over-limit']
    const steps = ['blur', 'sharpen', 'modulate', 'contrast', 'tint', 'radius', 'margin', 'crop', 'region']
    const turns = [0, 90, 180, 270].map((angle) => `turn ${angle}`)
    assert.deepEqual([...seen.keys()].sort(), ['planned', ...refused, ...steps, ...turns].sort())
    for (const name of steps) assert.ok((seen.get(name) ?? 0) > 100, `${name}: ${seen.get(name)}`)
  })
})

const noPlan: Partial<Plan> = {}

function assertWithin(box: Region, { width, height }: { width: number; height: number }): void {
  assert.ok(box.left >= 0 && box.left + box.width <= width, JSON.stringify({ box, width }))
  assert.ok(box.top >= 0 && box.top + box.height <= height, JSON.stringify({ box, height }))
}

function law(name: string, holds: (plan: Plan, source: Source, given: VariantParameters) => void): void {
  test(name, () => {
    let planned = 0
    fc.assert(
      fc.property(anyCase, (each) => {
        const made = plan(...each)
        if (typeof made === 'string') return
        planned++
        holds(made, each[1], each[0])
      }),
      { numRuns: 1500 },
    )
    assert.ok(planned > 300, `only ${planned} were planned`)
  })
}
