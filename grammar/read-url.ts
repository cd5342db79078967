import { parseRequest } from './request.ts'
import { checkUrl, type ResolveSettings, resolveVariant } from './resolve.ts'
import { formatVariant, type Variant } from './variant.ts'
import type { Viewer } from './viewer.ts'

/**
 * The variant that a URL means to `viewer`, whichever of the two ways it is written: as a request, or as a canonical
 * URL, to which nothing about the viewer matters. Who may have it is not asked.
 *
 * @param bounded whether it is held to the bounds of who shows no signature.
 * @throws Rejection
 */
export const readUrl = (
  path: string,
  query: string,
  viewer: Viewer,
  settings: ResolveSettings,
  bounded: boolean,
): Variant => {
  const request = parseRequest(path, query, Object.keys(settings.presets).join(' '))
  const variant = resolveVariant(request, viewer, settings, bounded)
  checkUrl(request, formatVariant(variant))
  return variant
}
