import type { ViewerClass } from './accept.ts'
import { type AccessSettings, checkAccess } from './access.ts'
import { checkHotlink, type HotlinkSettings } from './hotlink.ts'
import type { Rejection } from './rejection.ts'
import { type ImageRequest, parseRequest } from './request.ts'
import { checkUrl, type ResolveSettings, resolveVariant } from './resolve.ts'
import { checkSignature, readClaim, type SignatureSettings } from './signature.ts'
import { type CanonicalUrl, formatVariant } from './variant.ts'
import { readViewer } from './viewer.ts'

/** What of a deployment's settings decides what becomes of a request. */
export interface DecisionSettings
  extends AccessSettings,
    HotlinkSettings,
    ResolveSettings,
    SignatureSettings {}

/** What is known of a request, as far as it could be read, and how each check judged it. */
export interface Decision {
  request?: ImageRequest
  /** Id of the key that the request claims to be signed with. */
  kid?: string
  class?: ViewerClass
  /** Where the request goes on to, where nothing refuses it. */
  url?: CanonicalUrl
  /** By check (`parse`, `signature`, `bounds`, `hotlink`): the code of its refusal; a check that is not named let it pass. */
  verdicts: Record<string, string>
  /** The first refusal; anything but a {@link Rejection} is a defect of ours. */
  refusal?: unknown
}

/**
 * Reads a request and whose signature it claims to carry: what can be known before the signing key is looked up.
 *
 * @param now seconds since the epoch.
 */
export const examine = (path: string, query: string, now: number, settings: DecisionSettings): Decision => {
  const decision: Decision = { verdicts: {} }
  judge(decision, 'parse', () => {
    decision.request = parseRequest(path, query, Object.keys(settings.presets).join(' '))
  })
  judge(decision, 'signature', () => {
    decision.kid = readClaim(decision.request as ImageRequest, now, settings)
  })
  return decision
}

/**
 * Judges the rest of what {@link examine} read, in place.
 *
 * @param secret of the key that the claim names; '' where there is none of that name, undefined where the store is out
 *   of reach. Without a claim it does not matter.
 * @param header a look-up by lower-case name that gives '' for a header not sent.
 */
export const decide = (
  decision: Decision,
  path: string,
  header: (name: string) => string,
  secret: string | undefined,
  settings: DecisionSettings,
): void => {
  const request = decision.request as ImageRequest
  let signed = false
  judge(decision, 'signature', () => {
    if (decision.kid) {
      checkSignature(request, secret)
      signed = true
    }
  })
  judge(decision, 'bounds', () => {
    const bounded = checkAccess(request, signed, settings)
    const viewer = readViewer(header)
    decision.class = viewer.class
    decision.url = checkUrl(request, formatVariant(resolveVariant(request, viewer, settings, bounded)))
  })
  judge(decision, 'hotlink', () => {
    if (!signed || !request.parameters.embed) checkHotlink(path, header, settings)
  })
}

/** Runs one check. What it throws is its verdict; without a request that could be read, none but the first has one. */
const judge = (decision: Decision, check: string, run: () => void): void => {
  try {
    run()
  } catch (thrown) {
    decision.refusal = decision.refusal || thrown
    decision.verdicts[check] = (thrown as Partial<Rejection>).code || 'unknown'
  }
}
