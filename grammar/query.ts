import { encodeTilde, lowerCaseAscii, undecodable } from './escaping.ts'
import { parameterLines } from './parameter-lines.ts'
import { reject } from './rejection.ts'
import { readValue, type ValueKind } from './value-kinds.ts'

/** Parameters by full names, each value in its one spelling. */
export type ParameterValues = Record<string, string | number | undefined>

/**
 * The values of a raw query string. Parameters without a row are left out: tracking and cache-busting parameters must not
 * split the cache. `a` and `a=` are the same, empty pieces are none.
 *
 * @param decode how names and values are encoded.
 * @param presets the kind of `preset`: names that only the settings know.
 * @throws Rejection `bad-value`, `repeated`.
 */
export const readParameters = (
  query: string,
  decode: (text: string) => string,
  presets: ValueKind,
): ParameterValues => {
  const values: ParameterValues = {}
  query.split('&').forEach((pair) => {
    const line = findLine(lowerCaseAscii(decode(pair.replace(/=.*/, ''))))
    if (!line) return
    const name = nameIn(line)
    const kind = name === 'preset' ? presets : line.replace(/.*?N /, '')
    const sent = pair.replace(/^[^=]*=?/, '')
    const text = decode(sent)
    const value = text === undecodable ? undefined : readValue(kind, text)
    if (value === undefined) reject('bad-value', name, kind, sent)
    if (name in values) reject('repeated', name, 'one', sent)
    values[name] = value
  })
  return values
}

/** The row whose name or alias is `name`, in lower case. */
export const findLine = (name: string): string | undefined => {
  return parameterLines.find((line) => line.includes(`N${name}N`))
}

const nameIn = (line: string): string => line.split('N')[1] as string

/**
 * `values` as a query string in the table's order, each with `&` before it: `&width=800&format=auto`. What is undefined
 * is left out.
 *
 * @param without '-' leaves out what never reaches a canonical URL.
 */
export const formatParameters = (values: ParameterValues, without?: '-'): string => {
  return parameterLines
    .map((line) => {
      const value = values[nameIn(line)]
      return value === undefined || line.charAt(0) === without
        ? ''
        : `&${nameIn(line)}=${encodeTilde(`${value}`)}`
    })
    .join('')
}
