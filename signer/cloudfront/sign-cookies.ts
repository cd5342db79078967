import { getSignedCookies } from '@aws-sdk/cloudfront-signer'
import { invalidArgument } from '../invalid-argument.ts'
import { checkResource } from './sign-url.ts'
import { type CloudFrontSigningOptions, formatPolicy, readSigner } from './signing-options.ts'

export interface CloudFrontCookieOptions extends CloudFrontSigningOptions {
  /** What the cookies are good for, `*` for any text, percent-encoded as browsers send it: `https://img.example.com/private/*`. */
  resource: string
}

/** Attributes of the cookies; the defaults keep them from scripts and from plain HTTP. */
export interface CookieAttributes {
  /** For pages and images on hosts below it. Default: the host that sets them alone, which must then be that of the images. */
  domain?: string
  /**
   * Default `/`. Cookies of all folders have the same names: who may see two of them needs each folder as the path of its own, as in
   * `/members/`, or the later take the place of the earlier.
   */
  path?: string
  /** Default true. */
  secure?: boolean
  /** Default true. */
  httpOnly?: boolean
  /** Default `Lax`: pages of other sites get no images by them. `None` needs `secure`. */
  sameSite?: 'Strict' | 'Lax' | 'None'
  /** Whether the browser forgets them when it is closed, which CloudFront's guide recommends, else when the signature ends. Default false. */
  session?: boolean
}

export interface CloudFrontCookies {
  /** Values by name, all in characters that a cookie may have. */
  values: Readonly<Record<string, string>>
  /** One `Set-Cookie` header each; the browser forgets them when the signature ends, or earlier. */
  toSetCookieHeaders(attributes?: CookieAttributes): string[]
}

/**
 * Cookies for a behaviour that trusts the key. Their policy is always a custom one: only that takes wildcards, and cookies of the two kinds
 * would lie beside each other.
 *
 * @throws Error `expected X for NAME but received Y`, without the private key.
 */
export function signCloudFrontCookies(options: CloudFrontCookieOptions): CloudFrontCookies {
  const { signer, window } = readSigner(options)
  checkResource(options.resource)
  const signed = getSignedCookies({ policy: formatPolicy(options.resource, window), ...signer })
  const values = Object.fromEntries(Object.entries(signed).map(([name, value]) => [name, String(value)]))
  return {
    values,
    toSetCookieHeaders(given = {}) {
      const attributes = formatAttributes(given, new Date(window.endsAtSeconds * 1000))
      return Object.entries(values).map(([name, value]) => `${name}=${value}; ${attributes}`)
    },
  }
}

function formatAttributes(given: CookieAttributes, endsAt: Date): string {
  const { domain, path = '/', secure = true, httpOnly = true, sameSite = 'Lax', session } = given
  if (domain !== undefined && !/^\.?[a-z\d-]+(?:\.[a-z\d-]+)*$/i.test(domain)) {
    throw invalidArgument('domain', 'a host', domain)
  }
  // Security: what ends the attribute would begin another.
  if (!/^\/[\x21-\x3a\x3c-\x7e]*$/.test(path)) throw invalidArgument('path', 'a path such as /private/', path)
  if (!['Strict', 'Lax', 'None'].includes(sameSite)) {
    throw invalidArgument('sameSite', 'Strict, Lax or None', sameSite)
  }
  if (sameSite === 'None' && !secure) throw invalidArgument('secure', 'true with SameSite=None', secure)
  return [
    domain === undefined ? '' : `Domain=${domain}`,
    `Path=${path}`,
    session ? '' : `Expires=${endsAt.toUTCString()}`,
    secure ? 'Secure' : '',
    httpOnly ? 'HttpOnly' : '',
    `SameSite=${sameSite}`,
  ]
    .filter(Boolean)
    .join('; ')
}
