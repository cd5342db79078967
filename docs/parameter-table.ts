import type { ParameterRow } from '../grammar/parameter-row.ts'
import { parameters } from '../grammar/parameters.ts'
import { code, formatTable } from './markdown.ts'

/** All parameters, in the order of canonical URLs. */
export const rows: readonly ParameterRow[] = parameters

/** The table of all parameters: names, values, defaults and what they do. */
export function formatParameterTable(): string {
  return formatTable(
    ['parameter', 'values', 'default', 'what it does'],
    rows.map((row) => {
      const { values, default: fallback, text } = row.documentation
      return [formatNames(row), values, fallback, text]
    }),
  )
}

/** The name of a parameter with its aliases. */
export function formatNames({ spellings: [name = '', ...aliases] }: ParameterRow): string {
  return aliases.length > 0 ? `${code(name)} (${aliases.map(code).join(', ')})` : code(name)
}
