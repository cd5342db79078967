import type { ViewerClass } from '../../grammar/accept.ts'
import { type AccessMode, checkAccess } from '../../grammar/access.ts'
import { type DecisionSettings, decide, examine } from '../../grammar/decide.ts'
import { checkHotlink } from '../../grammar/hotlink.ts'
import { countReach } from '../../grammar/reach.ts'
import type { Rejection } from '../../grammar/rejection.ts'
import type { ImageRequest } from '../../grammar/request.ts'
import { checkUrl, resolveVariant } from '../../grammar/resolve.ts'
import { checkSignature, computeSignature, formatSignedText, readClaim } from '../../grammar/signature.ts'
import { formatVariant } from '../../grammar/variant.ts'
import { readViewer } from '../../grammar/viewer.ts'
import { createSecret } from '../keys/secret.ts'
import { splitUrl } from '../verify-url.ts'
import { listOrigins, type ParameterOrigin } from './parameter-origins.ts'

/** How one check judged a request. */
export interface CheckReport {
  check: 'parse' | 'signature' | 'bounds' | 'hotlink'
  /** `ok`, the code of a refusal, `none` for a signature that is not there, `not-checked` for what could not be judged. */
  verdict: string
  parameter?: string
  expected?: string
  received?: string
}

/** What the edge would make of a request, and why. */
export interface Explanation {
  url: string
  /** Whether it goes on to the cache and the origin. */
  passes: boolean
  /** The first refusal. */
  refusal?: { status: number; code: string }
  key?: string
  /** Path and query that the request is rewritten to: the cache key. */
  canonical?: string
  signed: boolean
  /** The key that it claims to be signed with. */
  kid?: string
  class?: ViewerClass
  access?: { prefix: string; mode: AccessMode }
  /** Variants of one original that requests without a signature can reach, where access is bounded. */
  reach?: number
  checks: CheckReport[]
  parameters: ParameterOrigin[]
}

export interface ExplainOptions {
  settings: DecisionSettings
  /** Seconds since the epoch. */
  now: number
  /** A look-up by lower-case name that gives '' for a header not sent. */
  header: (name: string) => string
  /** Of the key that the URL claims; without one its signature is not checked, and taken for right. */
  secret?: string
  /** The kid that the secret is of, where that is known: a URL that claims another is not checked. */
  secretKid?: string
}

/** Explains `url` with the code of the edge function itself, without asking anyone. */
export function explainUrl(url: string, options: ExplainOptions): Explanation {
  const { settings, now, header } = options
  const { path, query } = splitUrl(url)
  const decision = examine(path, query, now, settings)
  const { request, kid } = decision
  const secret = (options.secretKid ?? kid) === kid ? options.secret : undefined
  const unchecked = kid !== undefined && secret === undefined
  decide(decision, path, header, unchecked ? signAnew(request) : secret, settings)
  const verdicts = decision.verdicts
  const signed = kid !== undefined && verdicts.signature === undefined
  const rule = settings.access.find(([prefix]) => request?.key.startsWith(prefix))
  const refusal = decision.refusal as Partial<Rejection> | undefined
  const retry: Record<CheckReport['check'], () => void> = {
    parse: () => {},
    signature: () => {
      if (request && readClaim(request, now, settings)) checkSignature(request, secret)
    },
    bounds: () => request && resolve(request, signed, header, settings),
    hotlink: () => checkHotlink(path, header, settings),
  }
  const checks = (Object.keys(retry) as CheckReport['check'][]).map((check): CheckReport => {
    const verdict = verdicts[check]
    if (check !== 'parse' && !request) return { check, verdict: 'not-checked' }
    if (check === 'signature' && verdict === undefined && !signed) return { check, verdict: 'none' }
    if (check === 'signature' && unchecked) return { check, verdict: verdict ?? 'not-checked' }
    if (verdict === undefined) return { check, verdict: 'ok' }
    const { parameter, expected, received } =
      refusal?.code === verdict ? refusal : (catchFrom(retry[check]) ?? {})
    return { check, verdict, parameter, expected, received }
  })
  return {
    url,
    passes: decision.url !== undefined && refusal === undefined,
    refusal: refusal && { status: refusal.status ?? 503, code: refusal.code ?? 'internal' },
    key: request?.key,
    canonical: decision.url && `${decision.url.path}?${decision.url.query}`,
    signed,
    kid,
    class: decision.class,
    access: rule && { prefix: rule[0], mode: rule[1] },
    reach: rule?.[1] === 'bounded' ? countReach(settings) : undefined,
    checks,
    parameters: request
      ? listOrigins({
          query,
          request,
          url: decision.url,
          viewer: readViewer(header),
          settings,
          signed,
          rule: rule?.[1],
        })
      : [],
  }
}

/** Puts a signature of a new secret in place of the one that cannot be checked, and returns the secret. */
function signAnew(request: ImageRequest | undefined): string {
  const secret = createSecret()
  if (request) {
    request.parameters.sig = computeSignature(secret, formatSignedText(request.key, request.parameters))
  }
  return secret
}

function resolve(
  request: ImageRequest,
  signed: boolean,
  header: (name: string) => string,
  settings: DecisionSettings,
): void {
  const bounded = checkAccess(request, signed, settings)
  checkUrl(request, formatVariant(resolveVariant(request, readViewer(header), settings, bounded)))
}

function catchFrom(run: () => void): Partial<Rejection> | undefined {
  try {
    run()
    return undefined
  } catch (thrown) {
    return thrown as Partial<Rejection>
  }
}
