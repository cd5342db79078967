import type { Recipe } from './recipes.ts'

/** Returns the text of ATTRIBUTION.txt: each sample's description, source and licence. */
export function formatAttribution(recipes: readonly Recipe[]): string {
  const entries = recipes.map(({ key, description, source, licence }) =>
    [key, `  What:    ${description}`, `  Source:  ${source}`, `  Licence: ${licence}`].join('\n'),
  )
  return `${['Fovea sample originals: where each comes from', ...entries].join('\n\n')}\n`
}
