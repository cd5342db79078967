import { forbid, reject } from './rejection.ts'
import type { ImageRequest } from './request.ts'

/**
 * Who may have what of the keys under a prefix: `open` anyone anything that is valid, `bounded` anyone what few enough
 * others ask for, `signed` no one without a signature, `closed` no one here: CloudFront guards them in another behaviour.
 */
export type AccessMode = 'open' | 'bounded' | 'signed' | 'closed'

/** What of a deployment's settings decides access. */
export interface AccessSettings {
  /** Prefixes of decoded keys, the longest first, the last ''. */
  access: readonly AccessRule[]
  /**
   * What a request may name without a signature where access is bounded, of
   * `name=value` (`unsignedPattern`). An error says it in just these words.
   */
  unsigned: RegExp
  /** Prefix of the keys that may be laid over others; where none may, a text that no key begins with and an error can say. */
  overlays: string
}

export type AccessRule = readonly [prefix: string, mode: AccessMode]

/**
 * Whether the request is held to the bounds. Security: decided on the decoded key, never on the path as it was sent or on
 * the path pattern of a behaviour, which another spelling would dodge.
 *
 * @param signed whether the request carries a valid signature.
 * @throws Rejection `bad-value` for an overlay that is none, `guarded`, `needs-signature`.
 */
export const checkAccess = (request: ImageRequest, signed: boolean, settings: AccessSettings): boolean => {
  const rule = settings.access.find((each) => request.key.startsWith(each[0])) as AccessRule
  const mode = rule[1]
  const overlay = request.parameters.overlay
  // Whatever rule holds for its own URL: what lies there is meant to be shown on others.
  if (overlay && !overlay.startsWith(settings.overlays)) {
    reject('bad-value', 'overlay', settings.overlays, overlay)
  }
  if (mode === 'closed') forbid('guarded', 'key', 'a CloudFront signature', request.key)
  if (signed || mode === 'open') return false
  const refused = request.named.find((given) => !settings.unsigned.test(given))
  if (mode === 'signed' || refused) {
    forbid(
      'needs-signature',
      'sig',
      mode === 'signed' ? 'exp, kid, sig' : settings.unsigned.source,
      encodeURI(refused || ''),
    )
  }
  return true
}
