import { claimsCanonical, readCanonical } from './canonical.ts'
import type { QueryPair } from './query.ts'
import { parseRequest } from './request.ts'
import { type ResolveSettings, resolveVariant } from './resolve.ts'
import type { Variant } from './variant.ts'
import type { Viewer } from './viewer.ts'

/**
 * The variant that a URL means to `viewer`, whichever of the two ways it is written: as a request, or as a canonical
 * URL, to which nothing about the viewer matters.
 *
 * @throws Rejection
 */
export const readUrl = (
  path: string,
  query: readonly QueryPair[],
  viewer: Viewer,
  settings: ResolveSettings,
): Variant => {
  return claimsCanonical(query)
    ? readCanonical(path, query)
    : resolveVariant(parseRequest(path, query), viewer, settings)
}
