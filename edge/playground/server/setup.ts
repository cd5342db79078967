import { listPageHosts } from '../../../grammar/page-pattern.ts'
import type { EdgeInside } from '../../own-pages.ts'
import type { Setup } from '../api.ts'
import { readDeployedSettings } from './deployed-settings.ts'

/** What the page has to know before anything. */
export function describeSetup(inside: EdgeInside): Setup {
  const { usual, maxSourceBytes } = readDeployedSettings(inside.deployment())
  const { access, ladder, aspects, presets, overlays, hotlinks } = usual
  return {
    access,
    ladder,
    aspects,
    presets,
    overlayPrefix: overlays.startsWith('/') ? '' : overlays,
    // The distribution's own host always may, so there is no rule that allows none.
    allowedHosts: hotlinks ? [new URL(inside.url).hostname, ...listPageHosts(hotlinks.pages)] : [],
    maxUploadBytes: maxSourceBytes,
    writable: typeof inside.originals === 'string',
  }
}
