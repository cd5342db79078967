import { pictured } from '../docs/examples.ts'
import { rows } from '../docs/parameter-table.ts'
import type { ParameterName } from '../grammar/parameters.ts'

/** Parameters that say who may have a picture, by which name, or as what: there is nothing to look at. */
const invisible: readonly ParameterName[] = ['preset', 'version', 'embed', 'key', 'exp', 'kid', 'sig']

/** Parameters of the language that the gallery has no example of, and should. */
export function findMissing(shown = pictured): string[] {
  const requests = Object.values(shown)
    .flat()
    .map(({ request }) => request)
  return rows
    .filter(({ name }) => !invisible.includes(name as ParameterName))
    .filter(({ spellings }) => {
      const named = new RegExp(`[?&](?:${spellings.join('|')})=`, 'i')
      return !requests.some((request) => named.test(request))
    })
    .map(({ name }) => name)
}
