import { type ParameterName, parameters } from './parameters.ts'

/**
 * The table of parameters as the edge function has it, one line a row: `Cauto 1..8192NwidthNw`, the kind and then the
 * spellings, each after an `N`; the first letter is `C` where a canonical URL may name it, `R` where only a request may.
 * No name in lower case holds one of these. The build of the function computes this text, so that neither prose nor a
 * table of objects is in its 10 KB.
 */
export const parameterLines: string = [...parameters]
  // What is never written in any order stands first: to be found at once is a tenth of what a signed request costs.
  .sort((one, other) => Number(isUnwritten(other.name)) - Number(isUnwritten(one.name)))
  .map((row) => [`${row.canonicalKind === null ? 'R' : 'C'}${row.kind}`, ...row.spellings].join('N'))
  .join('\n')

/** Whether a parameter is part neither of the canonical URL nor of what is signed. */
function isUnwritten(name: ParameterName): boolean {
  return name === 'exp' || name === 'kid' || name === 'sig' || name === 'key'
}
