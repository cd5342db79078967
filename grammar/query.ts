import { encodeTilde, lowerCaseAscii, undecodable } from './escaping.ts'
import { parameterLines, sharedWords } from './parameter-lines.ts'
import { reject } from './rejection.ts'
import { readValue, type ValueKind } from './value-kinds.ts'

/** Parameters by full names, each value in its one spelling. */
export type ParameterValues = Record<string, string | number | undefined>

/** A row of the table: its kind, its name, an `R` where only a request may name it, its aliases. */
type Row = readonly [kind: string, name: string, ...aliases: string[]]

/**
 * Pieces that a query may have, known or not: each takes the edge function about 1 KB of its 2 MB, in the nearest engine that
 * can be tested. A page's own and all trackers together have a tenth of them.
 */
export const maxPieces = 99

const rows = parameterLines
  .split('Z')
  .join(sharedWords)
  .split(';')
  .map((line) => line.split('N')) as unknown as readonly Row[]

/**
 * The values of a raw query string. Parameters without a row are left out: tracking and cache-busting parameters must not
 * split the cache. `a` and `a=` are the same, empty pieces are none.
 *
 * @param decode how names and values are encoded.
 * @param presets the kind of `preset`: names that only the settings know.
 * @param named where each is put as `name=value`, in the order of the query.
 * @throws Rejection `too-many`, `bad-value`, `repeated`.
 */
export const readParameters = (
  query: string,
  decode: (text: string) => string,
  presets: ValueKind,
  named: string[],
): ParameterValues => {
  const values: ParameterValues = {}
  // An empty piece is as one of an unknown name.
  query.split('&').forEach((pair, at) => {
    if (at >= maxPieces) reject('too-many', '', `1..${maxPieces}`, pair)
    const row = findRow(lowerCaseAscii(decode(pair.split('=')[0] as string)))
    if (!row) return
    const name = row[1]
    const kind = name === 'preset' ? presets : row[0]
    const sent = pair.replace(/^[^=]*=?/, '')
    const text = decode(sent)
    const value = text === undecodable ? undefined : readValue(kind, text)
    if (value === undefined) reject('bad-value', name, kind, sent)
    if (name in values) reject('repeated', name, 'one', sent)
    values[name] = value
    named.push(`${name}=${value}`)
  })
  return values
}

/** The row whose name or alias is `spelling`, in lower case. */
export const findRow = (spelling: string): Row | undefined => {
  // Not the first of a row: that is its kind.
  return rows.find((each) => each.indexOf(spelling) > 0)
}

/**
 * `values` as a query string in the table's order, each with `&` before it: `&width=800&format=auto`. What is undefined
 * is left out.
 *
 * @param canonical whether to leave out what never reaches a canonical URL.
 */
export const formatParameters = (values: ParameterValues, canonical: boolean): string => {
  let query = ''
  rows.forEach((row, at) => {
    const value = values[row[1]]
    // The first are the key and the proof, which are never written.
    if (value === undefined || at < 4 || (canonical && row[2] === 'R')) return
    query += `&${row[1]}=${encodeTilde(`${value}`)}`
  })
  return query
}
