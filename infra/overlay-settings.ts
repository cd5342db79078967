import type { Guard } from './guard-settings.ts'
import { expectKeyPrefix } from './key-prefix.ts'
import type { Presets } from './preset-settings.ts'
import { invalidSetting } from './setting-rules.ts'

/** A prefix that no key has, since none begins with a slash, in words that an error can say. */
const noKey = '/none (the settings name no overlays)'

/** Returns the prefix of overlays as the edge function and the transformer have it. */
export function compileOverlays(overlays: string | undefined): string {
  return overlays ?? noKey
}

/**
 * Throws unless `overlays` is a folder of its own. Security: what lies there may be laid over any picture by whoever may ask
 * for that picture, so nothing there may need a signature of CloudFront, which is checked by path alone.
 */
export function expectOverlays(overlays: string | undefined, guards: Readonly<Record<string, Guard>>): void {
  if (overlays === undefined) return
  expectKeyPrefix('overlays', overlays)
  if (typeof overlays !== 'string' || !overlays.endsWith('/'))
    throw invalidSetting('overlays', 'a prefix that ends with a slash', overlays)
  const guard = Object.keys(guards).find((each) => each.startsWith(overlays) || overlays.startsWith(each))
  if (guard !== undefined) {
    throw invalidSetting('overlays', `a prefix apart from cloudFrontSigned['${guard}']`, overlays)
  }
}

/** Throws for a preset that lays over a picture what no request could. */
export function expectPresetOverlays(presets: Presets, overlays: string | undefined): void {
  for (const [name, { overlay }] of Object.entries(presets)) {
    if (overlay === undefined) continue
    expectKeyPrefix(`presets.${name}.overlay`, overlay)
    if (!overlay.startsWith(compileOverlays(overlays))) {
      const expected =
        overlays === undefined ? 'the setting overlays beside it' : `a key that begins with ${overlays}`
      throw invalidSetting(`presets.${name}.overlay`, expected, overlay)
    }
  }
}
