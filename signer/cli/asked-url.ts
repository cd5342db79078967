import type { ImageParameters } from '../image-parameters.ts'
import { readRequestUrl } from '../verify-url.ts'
import { describeRejection } from './check-meaning.ts'

/** What a URL asks for that is to be signed. */
export interface Asked {
  key: string
  parameters: ImageParameters
  origin?: string
  /** The URL, where it claims to be canonical. */
  canonical?: string
}

/**
 * Reads a URL, absolute or path and query, with its parameters in any spelling; what it says of a signature is left out.
 *
 * @throws Error `CODE: expected X for NAME but received Y`.
 */
export function readAskedUrl(url: string): Asked {
  const [origin] = /^https?:\/\/[^/?#]*/i.exec(url) ?? []
  try {
    const request = readRequestUrl(url)
    const { exp: _exp, kid: _kid, sig: _sig, key: _key, ...named } = request.parameters
    const canonical = request.canonical && url.replace(/#.*/, '').replace(/&(exp|kid|sig)=[^&]*/g, '')
    return { key: request.key, parameters: named as ImageParameters, origin, canonical }
  } catch (thrown) {
    throw describeRejection(thrown)
  }
}

/** A canonical URL names its viewer's class, so it stays as it is: what proves it is what proves the request that it is. */
export function attachProof(canonical: string, signed: string): string {
  return canonical + signed.replace(/^.*?[?&](?=exp=)/, '&')
}
