import { getSignedUrl } from '@aws-sdk/cloudfront-signer'
import { invalidArgument } from '../invalid-argument.ts'
import { type CloudFrontSigningOptions, formatPolicy, readSigner } from './signing-options.ts'

export interface CloudFrontUrlOptions extends CloudFrontSigningOptions {
  /** What is asked for, with its parameters: `https://img.example.com/private/a.jpg?width=800`. */
  url: string
  /**
   * What the signature is good for, `*` for any text, where that is more than the URL: `https://img.example.com/private/*`. One signature
   * then serves every width. Percent-encoded as browsers send it; it has to cover the URL.
   */
  resource?: string
}

/** Parameters of CloudFront's own, which would be another signature's. Case matters to it. */
const ownParameters = /[?&](?:Policy|Signature|Key-Pair-Id|Expires|Hash-Algorithm)(?:[=&]|$)/

/**
 * `url` signed for a behaviour that trusts the key. The policy is canned, which makes the shorter URL, where an end is all there is to
 * say.
 *
 * @throws Error `expected X for NAME but received Y`, without the private key.
 */
export function signCloudFrontUrl(options: CloudFrontUrlOptions): string {
  const { url, resource } = options
  const { signer, window } = readSigner(options)
  if (!/^https?:\/\/[^/?#]+\/[^#]*$/.test(url) || ownParameters.test(url)) {
    throw invalidArgument('url', 'https://HOST/PATH, not signed yet,', url)
  }
  const { endsAtSeconds, startsAtSeconds, range } = window
  if (resource !== undefined) {
    checkResource(resource)
    const signed = getSignedUrl({ url, policy: formatPolicy(resource, window), ...signer })
    expectCovered(resource, signed.slice(0, signed.search(/[?&]Policy=/)))
    return signed
  }
  const isCustom = startsAtSeconds !== undefined || range !== undefined
  // Security: in a custom policy it would stand for any text.
  if (isCustom && /\*|%2a/i.test(url)) throw invalidArgument('url', 'no * without a resource', url)
  return getSignedUrl({
    url,
    dateLessThan: toDate(endsAtSeconds),
    dateGreaterThan: startsAtSeconds === undefined ? undefined : toDate(startsAtSeconds),
    ipAddress: range,
    ...signer,
  })
}

/** @throws Error for what CloudFront would take for no resource, or for every URL of every distribution that trusts the key. */
export function checkResource(resource: string): void {
  const isEncoded = /^[\x21-\x7e]*$/.test(resource)
  if (isEncoded && /^(?:https?|http\*|\*):\/\/[^/?#"\\]+\/[^#"\\]*$/.test(resource)) return
  throw invalidArgument('resource', 'https://HOST/PATH, percent-encoded, with * for any text,', resource)
}

/**
 * Throws for a resource that surely does not cover `sent`, the URL as the library has percent-encoded it: CloudFront compares the two
 * letter by letter, and more narrowly than here.
 */
function expectCovered(resource: string, sent: string): void {
  const escaped = resource.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  const pattern = new RegExp(`^${escaped.replace(/\*+/g, '.*').replace(/\?/g, '.')}$`)
  if (!pattern.test(sent)) throw invalidArgument('resource', `what covers ${sent}`, resource)
}

function toDate(seconds: number): Date {
  return new Date(seconds * 1000)
}
