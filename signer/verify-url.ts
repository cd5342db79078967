import { defaultSettings } from '../grammar/default-settings.ts'
import type { EdgeErrorCode } from '../grammar/edge-errors.ts'
import type { Rejection } from '../grammar/rejection.ts'
import { forbid } from '../grammar/rejection.ts'
import { type ImageRequest, parseRequest } from '../grammar/request.ts'
import { checkSignature, readClaim } from '../grammar/signature.ts'
import { defaultMaxLifetimeSeconds, expectSeconds } from './expiry.ts'
import { type ImageParameters, readPresetName } from './image-parameters.ts'
import { invalidArgument } from './invalid-argument.ts'
import { checkSecret } from './keys/secret.ts'

export interface VerifyOptions {
  /** Secrets by kid, or what finds one; a kid that has none is not known. */
  secrets: Readonly<Record<string, string>> | ((kid: string) => string | undefined)
  /** Seconds that the settings of the deployment let a signature live. Default 604,800, a week. */
  maxLifetimeSeconds?: number
  /** Seconds that clocks may differ, either way. Default 60. */
  clockSkewSeconds?: number
  /** The clock, in epoch milliseconds. Default: the wall clock. */
  now?: () => number
}

/** What a URL proves, or the code with which the edge refuses it. */
export type Verification =
  | { ok: true; key: string; parameters: ImageParameters; kid: string; expiresAt: Date }
  | { ok: false; code: EdgeErrorCode; parameter: string; expected: string; received: string }

/** Seconds that clocks may differ where nothing else is said. */
export const defaultClockSkewSeconds = defaultSettings.skew

/**
 * Reads a signed URL as the edge does, and tells whether its signature holds. Presets, sizes and who may see the original
 * are the edge's affair: `needs-signature` is the answer to a URL that claims none.
 *
 * @param url absolute, or path and query; as it was sent, before anything decoded or normalised it.
 * @throws KeyStoreError `weak-secret` for a secret that nobody should sign with; Error `expected X for NAME but received Y` for options
 *   by which nothing could be judged.
 */
export function verifyUrl(url: string, options: VerifyOptions): Verification {
  const { settings, now } = readOptions(options)
  if (typeof url !== 'string') throw invalidArgument('url', 'a text', url)
  try {
    const request = readRequestUrl(url)
    const kid = readClaim(request, now, settings)
    if (kid === undefined) forbid('needs-signature', 'sig', 'exp, kid, sig', '')
    const secret = findSecret(options.secrets, kid)
    if (secret) checkSecret(secret)
    checkSignature(request, secret ?? '')
    const { exp, kid: _kid, sig: _sig, key: _key, ...named } = request.parameters
    return {
      ok: true,
      key: request.key,
      // Their types are narrower where a shape is told: what was read has it.
      parameters: named as ImageParameters,
      kid,
      expiresAt: new Date(Number(exp) * 1000),
    }
  } catch (thrown) {
    if (thrown instanceof Error) throw thrown
    const { code, parameter, expected, received } = thrown as Rejection
    return { ok: false, code, parameter, expected, received }
  }
}

/** Security: beside NaN no end would be too far or over, so nothing is judged by it. */
function readOptions(options: VerifyOptions) {
  const { maxLifetimeSeconds: lifetime = defaultMaxLifetimeSeconds, now = Date.now } = options
  const skew = options.clockSkewSeconds ?? defaultClockSkewSeconds
  expectSeconds('maxLifetimeSeconds', lifetime, Number.MAX_SAFE_INTEGER)
  expectSeconds('clockSkewSeconds', skew, Number.MAX_SAFE_INTEGER, 0)
  const nowMs = now()
  if (!Number.isFinite(nowMs)) throw invalidArgument('now', 'a clock of epoch milliseconds', nowMs)
  return { settings: { lifetime, skew }, now: nowMs / 1000 }
}

/**
 * Reads a URL with a preset of whatever name, as a deployment that has it does.
 *
 * @throws Rejection
 */
export function readRequestUrl(url: string): ImageRequest {
  const { path, query } = splitUrl(url)
  const request = parseRequest(path, query, 'TEXT')
  const { preset } = request.parameters
  // Read again with its name for the only one there is: what is no name is then refused as the edge does.
  return preset === undefined ? request : parseRequest(path, query, readPresetName(preset) ?? 'none')
}

/** Path and raw query of a URL as it stands: `URL` would resolve dots, and escape what was not. */
export function splitUrl(url: string): { path: string; query: string } {
  const [target = ''] = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').split('#')
  const end = target.indexOf('?')
  const path = end < 0 ? target : target.slice(0, end)
  return { path: path || '/', query: end < 0 ? '' : target.slice(end + 1) }
}

function findSecret(secrets: VerifyOptions['secrets'], kid: string): string | undefined {
  if (typeof secrets === 'function') return secrets(kid)
  return Object.hasOwn(secrets, kid) ? secrets[kid] : undefined
}
