import type { PresetParameters, RequestParameters, VariantParameters } from './parameters.ts'
import { reject } from './rejection.ts'
import type { ImageRequest } from './request.ts'
import { resolveSides, type SizeSettings } from './sides.ts'
import { proofPattern } from './signature.ts'
import { type CanonicalUrl, revision, simplifyVariant, type Variant } from './variant.ts'
import type { Viewer } from './viewer.ts'

/** What of a deployment's settings decides a variant. */
export interface ResolveSettings extends SizeSettings {
  /** What `preset` stands for, by name. */
  presets: Readonly<Record<string, PresetParameters>>
}

/**
 * The variant that `request` means to `viewer`, who does not matter to a canonical URL: the preset expanded, hints, dpr
 * and aspect worked into width and height, the format negotiated, defaults dropped.
 *
 * @param bounded whether sizes and quality go to steps, and the version is dropped, so that few variants can be asked for.
 * @throws Rejection `contradiction`; `bad-value` where a side becomes too large; `needs-signature` for a ratio outside the
 *   bounds.
 */
export const resolveVariant = (
  request: ImageRequest,
  viewer: Viewer,
  settings: ResolveSettings,
  bounded: boolean,
): Variant => {
  const given = request.parameters
  const preset = settings.presets[given.preset || ''] || {}
  const all: RequestParameters = Object.assign({}, preset, given)
  const seen: Partial<Viewer> = request.canonical || viewer
  // A size that is the preset's alone is the deployment's own choice.
  const chosen = given.width || given.height || given.aspect || given.dpr || !(preset.width || preset.height)
  const sides = resolveSides(all, seen, settings, bounded && !!chosen)
  const quality = all.quality || 'auto'
  const format = all.format || 'auto'
  return {
    key: request.key,
    parameters: simplifyVariant(
      Object.assign(all, {
        width: sides[0],
        height: sides[1],
        // A still that names no frame is of the first.
        page: all.page === undefined && all.animated ? 0 : all.page,
        version: bounded ? undefined : all.version,
        format: format === 'auto' ? `auto.${seen.class}`.replace('.none', '') : format,
        quality:
          seen.saveData && quality === 'auto' ? 'low' : bounded && given.quality ? toTier(quality) : quality,
      }) as VariantParameters,
    ),
  }
}

/** A number as the nearest word: `low` is 50, `medium` 70, `high` 85. */
const toTier = (quality: RequestParameters['quality']): RequestParameters['quality'] => {
  return (quality as number) > 0
    ? (quality as number) < 60
      ? 'low'
      : (quality as number) < 78
        ? 'medium'
        : 'high'
    : quality
}

/**
 * `url`, what `request` is rewritten to. A request that claims to be canonical must be just that: no alias, preset,
 * default, other order or needless escape. Any revision will do: an older one is answered as the current one.
 *
 * @throws Rejection `not-canonical`; `contradiction` where the original's own format, and so its own pixels, meet what
 *   changes pixels: all that stands before the format.
 */
export const checkUrl = (request: ImageRequest, url: CanonicalUrl): CanonicalUrl => {
  if (/&.*&format=(original|json|\w+hash)|=jpeg.*&lossless/.test(url.query)) {
    reject('contradiction', 'format', 'another format', url.query)
  }
  // biome-ignore lint/complexity/useOptionalChain: lowered for the edge, it is longer
  const received = request.canonical && request.canonical.url.replace(proofPattern, '')
  const written = `${url.path}?${url.query}`
  if (received && received.replace(/rev=[1-9]\d*/, `rev=${revision}`) !== written) {
    reject('not-canonical', '', written, received)
  }
  return url
}
