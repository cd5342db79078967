import { lowerCaseAscii } from '../grammar/escaping.ts'
import type { ParameterRow } from '../grammar/parameter-row.ts'
import { type ParameterName, parameters } from '../grammar/parameters.ts'
import { formatParameters } from '../grammar/query.ts'
import { readValue } from '../grammar/value-kinds.ts'
import { encodeKey } from './encode-key.ts'
import { invalidArgument } from './invalid-argument.ts'

/** Texts of the shapes that no list can hold. */
interface ShapeTexts {
  'W-H<=64': `${number}-${number}` | `${number}:${number}`
  L_T_W_H: `${number}_${number}_${number}_${number}`
  'X_Y<=1': `${number}_${number}`
  hex: string
  'TAG<=32': string
  TEXT: string
}

/** A word of digits may be given as a number: `rotate: 90`, but not `background: 000000`, which no number writes. */
type SpellingsOfGroup<Group extends string> = Group extends keyof ShapeTexts
  ? ShapeTexts[Group]
  : Group extends `${number}..${string}`
    ? number
    : Group extends `${infer Word}=${infer Others}`
      ? Word | SpellingsOfGroup<Others>
      : Group extends `${infer Digits extends number}`
        ? Group | (number extends Digits ? never : Digits)
        : Group

/** All that may be written for a value of a kind: other spellings of a word too. */
type SpellingsOf<Kind extends string> = Kind extends `${infer Head} ${infer Tail}`
  ? SpellingsOfGroup<Head> | SpellingsOf<Tail>
  : SpellingsOfGroup<Kind>

/** What the signer itself writes. */
type OwnName = 'key' | 'exp' | 'kid' | 'sig'

/** What an image is asked to be, by the full names of docs/url.md: `{ width: 800, aspect: '16:9', format: 'jpg' }`. */
export type ImageParameters = {
  [Row in (typeof parameters)[number] as Exclude<Row['name'], OwnName>]?: SpellingsOf<Row['kind']>
}

const ownNames: readonly ParameterName[] = ['key', 'exp', 'kid', 'sig'] satisfies OwnName[]

/** The rows that a caller may give, each with what its values read so far are written as. */
const rows: readonly (ParameterRow & { pieces: Map<unknown, string> })[] = parameters
  .filter(({ name }) => !ownNames.includes(name))
  .map((row) => ({ ...row, pieces: new Map() }))

const names = new Set<string>(rows.map(({ name }) => name))

/** Values remembered for a row: a page has few sizes, and a caller that has many must not fill the memory. */
const maxPieces = 500

/** What the settings can name a preset. Which there are only a deployment knows. */
const presetPattern = /^[a-z0-9-]{1,32}$/

/**
 * `given` as the signed part of a query, in the table's order, each value in its one spelling: `width=800&aspect=16-9`.
 * What is undefined is left out.
 *
 * @throws Error `expected X for NAME but received Y` for a name or value that the language does not have.
 */
export function formatImageParameters(given: ImageParameters): string {
  // A query would be read letter by letter.
  if (typeof given !== 'object' || given === null) throw invalidArgument('parameters', 'an object', given)
  const values: Readonly<Record<string, unknown>> = given
  for (const name in values) {
    if (!names.has(name)) throw invalidArgument('parameters', `only ${[...names].join(', ')}`, name)
  }
  let query = ''
  for (const row of rows) {
    const value = values[row.name]
    if (value !== undefined) query += row.pieces.get(value) ?? addPiece(row, value)
  }
  return query.slice(1)
}

function addPiece(row: (typeof rows)[number], value: unknown): string {
  // Early: of an overlay that no original can be the edge would refuse the URL.
  if (row.name === 'overlay') encodeKey(value as string, row.name)
  const read = readParameter(row, value)
  if (read === undefined) {
    throw invalidArgument(row.name, row.name === 'preset' ? '1 to 32 of a-z, 0-9 and -' : row.kind, value)
  }
  const piece = formatParameters({ [row.name]: read }, false)
  if (row.pieces.size >= maxPieces) row.pieces.clear()
  row.pieces.set(value, piece)
  return piece
}

function readParameter({ name, kind }: ParameterRow, value: unknown): string | number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  return name === 'preset' ? readPresetName(String(value)) : readValue(kind, String(value))
}

/** The name of a preset as the edge reads it, in lower case; undefined where none can have it. */
export function readPresetName(text: string): string | undefined {
  const name = lowerCaseAscii(text)
  return presetPattern.test(name) ? name : undefined
}
