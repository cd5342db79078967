import { parameters } from './parameters.ts'

/**
 * The table of parameters as the edge function has it, one text a row: `NwidthNwN auto 1..8192`, spellings each between
 * `N`, which no name in lower case holds, then the kind; with `-` before it where the parameter never reaches a canonical
 * URL. Its build computes this file's export, so that neither prose nor a table of objects is in the 10 KB.
 */
export const parameterLines: readonly string[] = parameters.map(
  (row) => `${row.canonicalKind === null ? '-' : ''}N${row.spellings.join('N')}N ${row.kind}`,
)
