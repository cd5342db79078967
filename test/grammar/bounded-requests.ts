import fc from 'fast-check'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { parameters } from '../../grammar/parameters.ts'
import { listReach } from '../../grammar/reach.ts'
import { unsignedPattern } from '../../grammar/unsigned.ts'
import { arbitraryText, kindOf } from './arbitrary-request.ts'
import { verdictOf } from './decision.ts'
import { settings } from './url-outcome.ts'

/** Settings of few steps, all of them bounded, with `presets`. */
export function smallSettings(presets: DecisionSettings['presets'] = {}): DecisionSettings {
  return {
    ...settings,
    ladder: [160, 320, 640],
    aspects: ['1-1', '16-9'],
    presets,
    access: [['', 'bounded']],
  }
}

/** Every canonical query that {@link listReach} says a preset, or '' for none, can be asked for with. */
export function multiplyReach(preset: string, given: DecisionSettings): Set<string> {
  const { shapes, encodings } = listReach(preset, given)
  const queries = new Set<string>()
  for (const shape of shapes) {
    for (const encoding of encodings) {
      queries.add(shape.replace(/&format=.*/, '') + encoding.slice(encoding.indexOf('&format=')))
    }
  }
  return queries
}

/** Values between which anything may change: steps, what lies beside them, what no step is given for. */
const widths = ['', '1', '150', '160', '161', '300', '400', '640', '641', 'auto']
const heights = ['', '90', '160', '180', '250', '300', '640']
const aspects = ['', '1-1', '32:18', '5-4']
const dprs = ['', '2', 'auto']
const fits = ['', 'inside', 'cover', 'contain', 'outside', 'fill']
const gravities = [
  '',
  ...['northwest', 'north', 'northeast', 'west', 'centre', 'east', 'southwest', 'south', 'southeast'],
]
const formats = ['', 'auto', 'avif', 'webp', 'jpeg', 'png']
const qualities = ['', 'auto', 'low', '59', '60', '77', '78']

const accepts = ['image/avif,image/webp', 'image/webp', '*/*']
const hints: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'sec-ch-dpr': '3', 'save-data': 'on' },
  { 'sec-ch-width': '300', 'sec-ch-dpr': '1.5' },
]

/** Every encoding that matters to the bounds, and two that stand for them. */
const allEncodings = { formats, qualities }
export const fewEncodings: typeof allEncodings = { formats: ['', 'jpeg'], qualities: ['', '78'] }

/**
 * The canonical queries of every combination of the values above: of sizes and hints, then of steps, shapes and encodings.
 * What is refused has none.
 */
export function enumerateReach(
  preset: string,
  given: DecisionSettings,
  { formats, qualities } = allEncodings,
): Set<string> {
  const reached = new Set<string>()
  const ask = (values: Record<string, string>, headers: Readonly<Record<string, string>>) => {
    const query = Object.entries({ preset, ...values }).filter(([, value]) => value !== '')
    const verdict = verdictOf(`/x?${query.map((pair) => pair.join('=')).join('&')}`, {
      settings: given,
      headers,
    })
    if (!verdict.startsWith('refused')) reached.add(verdict.slice('/x?'.length))
  }
  for (const width of widths) {
    for (const height of heights) {
      for (const aspect of aspects) {
        for (const dpr of dprs) {
          for (const hint of hints) ask({ width, height, aspect, dpr }, hint)
        }
      }
    }
  }
  const sizes = [{}, ...given.ladder.flatMap((step) => [{ width: `${step}` }, { height: `${step}` }])]
  const ratios = given.ladder.flatMap((step) => given.aspects.map((aspect) => ({ width: `${step}`, aspect })))
  for (const size of [...sizes, ...ratios]) {
    for (const fit of fits) {
      for (const gravity of gravities) {
        for (const format of formats) {
          for (const quality of qualities) {
            for (const accept of format === '' ? accepts : accepts.slice(0, 1)) {
              ask({ ...size, fit, gravity, format, quality }, { accept })
            }
          }
        }
      }
    }
  }
  return reached
}

const small = {
  width: fc.oneof(fc.integer({ min: 1, max: 640 }).map(String), fc.constantFrom('auto', '160', '641')),
  height: fc.oneof(fc.integer({ min: 1, max: 640 }).map(String), fc.constantFrom('160', '320')),
  aspect: fc.constantFrom('1-1', '16:9', '32-18', '4-3'),
  dpr: fc.constantFrom('1', '1.5', '2', 'auto'),
}

/** Requests of any parameters, of which many are within the bounds of {@link smallSettings}. */
export const arbitraryBoundedQuery: fc.Arbitrary<string> = fc
  .record(
    Object.fromEntries(
      parameters
        .filter(({ name }) => !['key', 'preset', 'exp', 'kid', 'sig'].includes(name))
        .map(({ name }) => {
          const values = name in small ? small[name as keyof typeof small] : arbitraryText(kindOf(name))
          const rare = !unsignedPattern.test(`${name}=`) && !['format', 'gravity'].includes(name)
          return [
            name,
            fc.oneof(
              { weight: 1, arbitrary: values },
              { weight: rare ? 90 : 2, arbitrary: fc.constant(undefined) },
            ),
          ]
        }),
    ) as Record<string, fc.Arbitrary<string | undefined>>,
  )
  .map((values) =>
    Object.entries(values)
      .filter((entry): entry is [string, string] => entry[1] !== undefined)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&'),
  )

/** Headers of any viewer, by lower-case name. */
export const arbitraryHeaders: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    accept: fc.constantFrom(...accepts),
    'save-data': fc.constant('on'),
    'sec-ch-dpr': fc.constantFrom('1', '1.3', '2', '2.625', '3.5', '9'),
    'sec-ch-width': fc.constantFrom('1', '160', '300', '640', '5000'),
    'sec-ch-viewport-width': fc.constantFrom('100', '390', '1440'),
    'cloudfront-is-mobile-viewer': fc.constantFrom('true', 'false'),
  },
  { requiredKeys: ['accept'] },
)
