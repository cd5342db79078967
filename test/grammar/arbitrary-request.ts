import fc from 'fast-check'
import type { ParameterRow } from '../../grammar/parameter-row.ts'
import { type ParameterName, parameters } from '../../grammar/parameters.ts'
import { readers } from '../../grammar/readers.ts'
import { readValue, type ValueKind } from '../../grammar/value-kinds.ts'
import { simplifyVariant, type Variant } from '../../grammar/variant.ts'
import { settings } from './url-outcome.ts'

/** All rows, as their common type: what is generated follows the table, so a new row needs nothing here. */
export const rows: readonly ParameterRow[] = parameters

/** The kind of preset in the tests' settings: the table does not know their names. */
export const presetKind: ValueKind = Object.keys(settings.presets).join(' ')

/** What a request may say as `name`. */
export function kindOf(name: ParameterName): ValueKind {
  const row = parameters.find((row) => row.name === name)
  if (!row) throw new Error(`expected a parameter but received ${name}`)
  return name === 'preset' ? presetKind : row.kind
}

/** A request by what it says, before it is spelt. */
export interface Wish {
  key: string
  /** By full name: the value as a caller may write it, decoded. */
  values: Record<string, string>
}

const segment = fc
  .oneof(
    fc.stringMatching(/^[a-z0-9._-]{1,12}$/),
    fc.string({ unit: fc.constantFrom(...'aZ0 +%~\'()!*=&?#éß日🦊.-_:;,"\\'), minLength: 1, maxLength: 8 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no key has them
  .filter((text) => !/[\0-\x1f\x7f/]/.test(text) && !/^\.{1,2}$/.test(text))

/** Keys that an original can have. */
export const arbitraryKey: fc.Arbitrary<string> = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join('/'))

/** Texts among which a kind with a reader of its own finds some that it takes. */
const readerTexts: fc.Arbitrary<string> = fc.oneof(
  joinNumbers(2, '-', ':'),
  joinNumbers(2, '_'),
  joinNumbers(4, '_'),
  fc.constantFrom(
    'white',
    'black',
    'transparent',
    '#fff',
    '00000000',
    'abc0',
    '1a2b3cff',
    'centre',
    'ne',
    'attention',
  ),
  fc.stringMatching(/^#?([\da-f]{3}|[\da-f]{4}|[\da-f]{6}|[\da-f]{8})$/),
  fc.stringMatching(/^[\w.-]{1,32}$/),
)

function joinNumbers(count: number, ...separators: readonly string[]): fc.Arbitrary<string> {
  const number = fc.oneof(
    fc.integer({ min: 1, max: 64 }).map(String),
    // Among them what rounds to another value, and halves that engines might round either way.
    fc.constantFrom(
      '0',
      '1',
      '0.5',
      '.25',
      '0.12',
      '1.0',
      '0.1',
      '05',
      '0.001',
      '0.504',
      '0.125',
      '0.03125',
      '0.00004',
    ),
  )
  return fc
    .tuple(fc.array(number, { minLength: count, maxLength: count }), fc.constantFrom(...separators))
    .map(([numbers, separator]) => numbers.join(separator))
}

/**
 * What `kind` takes, in any of its spellings.
 *
 * @throws Error where the texts above hold nothing for a reader, which a filter would wait for without end.
 */
export function arbitraryText(kind: ValueKind): fc.Arbitrary<string> {
  return fc.oneof(
    ...kind
      .split(' ')
      .map((group) => (group in readers ? arbitraryShape(group, kind) : arbitraryGroup(group))),
  )
}

function arbitraryShape(shape: string, kind: ValueKind): fc.Arbitrary<string> {
  // Two rows of any text name objects.
  if (shape === 'TEXT') return arbitraryKey
  const taken = (text: string) => readers[shape]?.(text.toLowerCase(), text, kind) !== undefined
  if (!fc.sample(readerTexts, 5000).some(taken)) throw new Error(`expected some texts to be ${shape}`)
  return readerTexts.filter(taken)
}

function arbitraryGroup(group: string): fc.Arbitrary<string> {
  const range = /^([\d.]+)\.\.(\d+)(\.\d+)?$/.exec(group)
  if (!range) return fc.constantFrom(...group.split('='))
  const min = Number(range[1])
  const max = Number(range[2])
  const decimals = range[3] ? range[3].length - 1 : 0
  const scale = 10 ** decimals
  // Small numbers above all: a large one times another is mostly refused.
  return fc
    .oneof(
      { weight: 4, arbitrary: fc.integer({ min: min * scale, max: Math.min(max * scale, 2000) }) },
      { weight: 1, arbitrary: fc.integer({ min: min * scale, max: max * scale }) },
      { weight: 1, arbitrary: fc.constantFrom(min * scale, max * scale) },
    )
    .map((number) => (number / scale).toFixed(decimals))
}

/** A value or none for each of `some` rows. */
function arbitraryValues(some: readonly ParameterRow[], kindOf: (row: ParameterRow) => ValueKind | null) {
  const texts = some.map((row) => {
    const kind = kindOf(row)
    return [row.name, kind ? seldom(row.name, arbitraryText(kind)) : fc.constant(undefined)]
  })
  return fc
    .record(Object.fromEntries(texts) as Record<string, fc.Arbitrary<string | undefined>>)
    .map((values) =>
      Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
    )
}

/** What nearly every request is about; the rest is there seldom, or most requests would be of a kind that few are. */
const common = /^(?:width|height|aspect|dpr|fit|gravity|format|quality|preset|version|key)$/

function seldom(name: string, text: fc.Arbitrary<string>): fc.Arbitrary<string | undefined> {
  // Nothing else is said of an overlay where there is none.
  const [present, absent] = common.test(name) ? [2, 1] : name === 'overlay' ? [1, 3] : [1, 7]
  return fc.oneof({ weight: present, arbitrary: text }, { weight: absent, arbitrary: fc.constant(undefined) })
}

/** Parameters that only a signature gives a meaning. */
const signedNames: readonly string[] = ['embed', 'exp', 'kid', 'sig']

/**
 * Requests without contradictions: mostly accepted, refused only where a side becomes too large, or pixels meet the
 * original's own. A key given by name is that of the path.
 */
export const arbitraryWish: fc.Arbitrary<Wish> = fc
  .tuple(
    arbitraryKey,
    arbitraryValues(
      rows.filter((row) => !signedNames.includes(row.name)),
      (row) => kindOf(row.name as ParameterName),
    ),
  )
  .map(([key, entries]) => {
    const values = Object.fromEntries(entries)
    if (values.key !== undefined) values.key = key
    if (values.width && values.height) delete values.aspect
    // A preset's own sides and ratio stand beside those that the request gives.
    if (values.preset === 'card') delete values.aspect
    if (values.preset === 'wide' && values.width && values.height) delete values.preset
    if (!values.width && !values.height && values.preset !== 'card') delete values.dpr
    return { key, values }
  })

/** The same, with what a signature adds, which means nothing to who does not check it. */
export const arbitrarySignedWish: fc.Arbitrary<Wish> = fc
  .tuple(
    arbitraryWish,
    fc.record(
      {
        embed: fc.constant('any'),
        exp: fc.integer({ min: 1 }).map(String),
        kid: fc.stringMatching(/^[a-z\d-]{1,32}$/),
        sig: fc.stringMatching(/^[\w-]{43}$/),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([wish, signed]) => ({ key: wish.key, values: { ...wish.values, ...signed } }))

/** What the original's own format, and so its own pixels, contradict: all that stands before it. */
const pixelNames = rows
  .slice(
    0,
    rows.findIndex((row) => row.name === 'format'),
  )
  .map((row) => row.name)

/** Variants as the edge makes them: simplified, with a format. */
export const arbitraryVariant: fc.Arbitrary<Variant> = fc
  .tuple(
    arbitraryKey,
    arbitraryValues(rows, (row) => row.canonicalKind),
    arbitraryText(rows.find((row) => row.name === 'format')?.canonicalKind ?? ''),
  )
  .map(([key, entries, format]) => {
    const values: Record<string, string | number | undefined> = {}
    for (const [name, text] of [...entries, ['format', format] as const]) {
      const kind = rows.find((row) => row.name === name)?.canonicalKind
      if (kind) values[name] = readValue(kind, text)
    }
    // The original's own format means its own pixels, and a description has none.
    if (/original|json|hash/.test(format)) for (const name of pixelNames) delete values[name]
    if (format === 'jpeg') delete values.lossless
    return { key, parameters: simplifyVariant(values as Variant['parameters']) }
  })
