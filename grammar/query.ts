import { lowerCaseAscii, undecodable } from './escaping.ts'
import { findParameter, type ParameterRow } from './parameters.ts'
import { reject } from './rejection.ts'
import { expectKind, readValue, type ValueKind } from './value-kinds.ts'

/** One `name=value` of a query string, still encoded as it was sent. */
export interface QueryPair {
  name: string
  value: string
}

/** The pairs of a raw query string in their order; `a` and `a=` are the same, empty pieces are none. */
export const splitQuery = (query: string): QueryPair[] => {
  return query
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const equals = piece.indexOf('=')
      return equals < 0
        ? { name: piece, value: '' }
        : { name: piece.slice(0, equals), value: piece.slice(equals + 1) }
    })
}

/**
 * The values of `query` by full names. Parameters without a row or a kind are left out: tracking and cache-busting
 * parameters must not split the cache.
 *
 * @param kindOf what a row's value is read as; null leaves the parameter out.
 * @throws Rejection `bad-value`, `repeated`.
 */
export const readParameters = (
  query: readonly QueryPair[],
  decode: (text: string) => string,
  kindOf: (row: ParameterRow) => ValueKind | null,
): object => {
  const values: Record<string, string | number> = {}
  query.forEach((pair) => {
    const row = findParameter(lowerCaseAscii(decode(pair.name)))
    const kind = row && kindOf(row)
    if (!kind) return
    const text = decode(pair.value)
    const value = text === undecodable ? undefined : readValue(kind, text)
    if (value === undefined) reject('bad-value', row.name, expectKind(kind), pair.value)
    if (values[row.name] !== undefined) reject('repeated', row.name, 'it once', `also ${pair.value}`)
    values[row.name] = value
  })
  return values
}
