// biome-ignore lint/style/useNodejsImportProtocol: CloudFront's runtime knows the module by this name alone
import crypto from 'crypto'
import { encodeTilde } from './escaping.ts'
import { formatParameters, type ParameterValues } from './query.ts'
import { forbid } from './rejection.ts'
import type { ImageRequest } from './request.ts'

/** Characters that a secret has at least: 32 random bytes in base64url. Its UTF-8 is the key of the HMAC. */
export const minSecretLength = 43

/** How long signatures may live. */
export interface SignatureSettings {
  /** Seconds that `exp` may lie ahead. */
  lifetime: number
  /** Seconds that clocks may differ, either way. */
  skew: number
}

/** The parameters that say who signed, in a query string: they are not among those signed. */
export const proofPattern = /&(exp|kid|sig)=[^&]*/g

/**
 * What is signed: the key, tilde-encoded, and the parameters as the request named them, aliases resolved, in the table's
 * order. No line of it holds a line end, so no text has two readings.
 */
export const formatSignedText = (key: string, named: ParameterValues): string => {
  const parameters = formatParameters(named, false).slice(1)
  return ['fovea1', encodeTilde(key), parameters, named.exp, named.kid].join('\n')
}

/** The signature of `text`: HMAC-SHA256 in base64url, 43 characters. */
export const computeSignature = (secret: string, text: string): string => {
  return crypto.createHmac('sha256', secret).update(text).digest('base64url')
}

/**
 * Id of the key that the request claims to be signed with, `[a-z0-9-]{1,32}`; undefined where it claims nothing.
 *
 * @param now seconds since the epoch.
 * @throws Rejection `signature-malformed`, `signature-expired`, `signature-too-far`.
 */
export const readClaim = (
  request: ImageRequest,
  now: number,
  settings: SignatureSettings,
): string | undefined => {
  const named = request.parameters
  const proof = [named.exp, named.kid, named.sig].join(' ')
  const left = Number(named.exp) - now
  if (proof !== '  ') {
    judgeSignature(
      request,
      !/^[1-9]\d{0,10} [a-z\d-]{1,32} [\w-]{43}$/.test(proof)
        ? 'malformed'
        : left < -settings.skew
          ? 'expired'
          : left > settings.lifetime + settings.skew && 'too-far',
    )
  }
  return named.kid
}

/**
 * Does nothing where the claim is proven.
 *
 * @param secret of the key that the claim names; '' where there is no such key, undefined where the store is out of reach.
 * @throws Rejection `signature-unknown-key`, `signature-no-store`, `signature-no-key`, `signature-wrong`.
 */
export const checkSignature = (request: ImageRequest, secret: string | undefined): void => {
  const named = request.parameters
  judgeSignature(
    request,
    secret === undefined
      ? 'no-store'
      : !secret
        ? 'unknown-key'
        : // Security: an empty or guessable secret would let anyone sign.
          secret.length < minSecretLength
          ? 'no-key'
          : !equalTexts(
              named.sig as string,
              computeSignature(secret, formatSignedText(request.key, named)),
              secret,
            ) && 'wrong',
  )
}

const judgeSignature = (
  request: ImageRequest,
  fault: 'malformed' | 'expired' | 'too-far' | 'no-store' | 'unknown-key' | 'no-key' | 'wrong' | false,
): void => {
  if (fault) forbid(`signature-${fault}`, 'sig', 'exp, kid, sig', request.parameters.kid || '')
}

/**
 * Whether both are the same. Security: what is compared are their HMACs under `secret`, of which nobody can know or choose
 * a byte, so that the time it takes tells nothing of how much of a forgery was right; the runtime has no
 * `timingSafeEqual`.
 */
export const equalTexts = (given: string, right: string, secret: string): boolean => {
  return computeSignature(secret, given) === computeSignature(secret, right)
}
