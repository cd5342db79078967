import { createHmac, createSecretKey } from 'node:crypto'
import { readOrigin } from './base-url.ts'
import { encodeKey, escapeQuery } from './encode-key.ts'
import {
  defaultMaxLifetimeSeconds,
  type ExpiryOptions,
  expectSeconds,
  planExpiry,
  readExpiresAt,
} from './expiry.ts'
import { formatImageParameters, type ImageParameters } from './image-parameters.ts'
import { checkKid } from './keys/kid.ts'
import { checkSecret } from './keys/secret.ts'
import { type DensityImageParameters, planSet, type UrlSet, type WidthImageParameters } from './url-set.ts'

export interface SignerOptions extends ExpiryOptions {
  /** Of the signing key: what `fovea keys new` printed, 43 characters of base64url or more. */
  secret: string
  /** Id of the signing key, `[a-z0-9-]{1,32}`. */
  kid: string
  /** Where the images are, without a path: `https://img.example.com`. */
  baseUrl: string
  /** Seconds that the settings of the deployment let a signature live. Default 604,800, a week. */
  maxLifetimeSeconds?: number
  /** The clock, in epoch milliseconds. Default: the wall clock. */
  now?: () => number
}

/** When one URL ends: as the signer's options say, or as these do in their place. */
export interface SignOptions extends ExpiryOptions {
  /** The very moment, to the second below; nothing is rounded. */
  expiresAt?: Date
}

/** Signs URLs with one key. Each method throws an Error `expected X for NAME but received Y`. */
export interface Signer {
  /** A URL for the original `key` as `parameters` ask: `https://img.example.com/products/chair.jpg?width=800&exp=…&kid=…&sig=…`. */
  signUrl(key: string, parameters?: ImageParameters, options?: SignOptions): string
  /** URLs of an image of several widths, in pixels, or of several densities, 1–4, of the size that the parameters or their preset give. */
  signUrls(
    key: string,
    parameters: WidthImageParameters,
    set: { widths: readonly number[] },
    options?: SignOptions,
  ): UrlSet
  signUrls(
    key: string,
    parameters: DensityImageParameters,
    set: { densities: readonly number[] },
    options?: SignOptions,
  ): UrlSet
}

/**
 * A signer with one key. Make it once: it reads its options, and keeps what it can of its work.
 *
 * @throws Error `expected X for NAME but received Y`; KeyStoreError `bad-kid`, `weak-secret`. None holds the secret.
 */
export function createSigner(options: SignerOptions): Signer {
  const { kid, maxLifetimeSeconds = defaultMaxLifetimeSeconds, now = Date.now } = options
  checkKid(kid)
  checkSecret(options.secret)
  expectSeconds('maxLifetimeSeconds', maxLifetimeSeconds, Number.MAX_SAFE_INTEGER)
  const secretKey = createSecretKey(options.secret, 'utf8')
  const origin = readOrigin(options.baseUrl)
  const usualEnd = planExpiry(options, maxLifetimeSeconds)

  const findEnd = (given: SignOptions | undefined): number => {
    const seconds = Math.floor(now() / 1000)
    if (given?.expiresAt !== undefined) return readExpiresAt(given.expiresAt, seconds, maxLifetimeSeconds)
    // Without a lifetime of its own a URL has the signer's; a rounding of its own goes with either.
    const own = given?.expiresInSeconds ?? given?.roundToSeconds
    const end = own === undefined ? usualEnd : planExpiry(mergeExpiry(options, given), maxLifetimeSeconds)
    return end(seconds)
  }

  const sign = (key: string, parameters: ImageParameters, end: number): string => {
    const { path, signed } = encodeKey(key)
    const query = formatImageParameters(parameters)
    // `formatSignedText` of the grammar over values that are in their one spelling already: the tests compare the two.
    const text = `fovea1\n${signed}\n${query}\n${end}\n${kid}`
    const signature = createHmac('sha256', secretKey).update(text).digest('base64url')
    return `${origin}/${path}?${escapeQuery(query)}${query && '&'}exp=${end}&kid=${kid}&sig=${signature}`
  }

  return {
    signUrl: (key, parameters = {}, given) => sign(key, parameters, findEnd(given)),
    signUrls(key, parameters, set, given) {
      const end = findEnd(given)
      return planSet(parameters, set, (each) => sign(key, each, end))
    },
  }
}

function mergeExpiry(usual: ExpiryOptions, given: ExpiryOptions | undefined): ExpiryOptions {
  return {
    expiresInSeconds: given?.expiresInSeconds ?? usual.expiresInSeconds,
    // The usual rounding belongs to the usual lifetime.
    roundToSeconds:
      given?.roundToSeconds ?? (given?.expiresInSeconds === undefined ? usual.roundToSeconds : undefined),
  }
}
