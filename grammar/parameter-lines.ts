import type { ParameterRow } from './parameter-row.ts'
import { compass, type ParameterName, parameters } from './parameters.ts'

/**
 * The table of parameters as the edge function has it: `auto 1..8192NwidthNw;…`, of each row the kind and then the
 * spellings, each after an `N`; an `R` as the first alias where only a request may name it, not a canonical URL (of the first
 * four rows none does); {@link sharedWords} as `Z`. No name in lower case holds one of these. The build of the function computes this text, so
 * that neither prose nor a table of objects is in its 10 KB.
 */
export const parameterLines: string = [...parameters]
  // What is never written in any order stands first: to be found at once is a tenth of what a signed request costs.
  .sort((one, other) => Number(isUnwritten(other.name)) - Number(isUnwritten(one.name)))
  .map((row) => {
    const [name, ...aliases] = row.spellings
    return [row.kind, name, ...(isRequestOnly(row) ? ['R'] : []), ...aliases].join('N')
  })
  .join(';')
  .split(compass)
  .join('Z')

/** What stands as `Z` in the lines: two rows have it, and it is a tenth of a row's worth of the function's bytes. */
export const sharedWords: string = compass

/** Whether its place does not say already that it is in no canonical URL. */
function isRequestOnly({ name, canonicalKind }: ParameterRow): boolean {
  return canonicalKind === null && !isUnwritten(name as ParameterName)
}

/** Whether a parameter is part neither of the canonical URL nor of what is signed. */
function isUnwritten(name: ParameterName): boolean {
  return name === 'exp' || name === 'kid' || name === 'sig' || name === 'key'
}
