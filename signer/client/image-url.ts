import { readOrigin } from '../base-url.ts'
import type { Signer } from '../create-signer.ts'
import { encodeKey } from '../encode-key.ts'
import type { ImageParameters } from '../image-parameters.ts'

/** Where images are, and who signs their URLs. */
export interface ImageHost {
  /** Scheme and host: `https://img.example.com`. Default: the page's own, so that URLs begin with `/`. */
  baseUrl?: string
  /** Signs every URL, with its own base URL in place of the one given: what `createSigner` of `fovea` returns. For servers alone. */
  signer?: Pick<Signer, 'signUrl' | 'signUrls'>
}

/**
 * The URL of the original `key` as `parameters` ask: `/products/chair.jpg?aspect=16-9&width=800`. Equal parameters in any
 * order give equal URLs, so that browsers keep one copy. What is undefined is left out.
 *
 * @throws Error `expected X for NAME but received Y`; values are checked by their types and by the edge alone, unless they
 *   are signed.
 */
export function imageUrl(key: string, parameters: ImageParameters = {}, host: ImageHost = {}): string {
  if (host.signer) return host.signer.signUrl(key, parameters)
  const { path } = encodeKey(key)
  const values: Readonly<Record<string, unknown>> = parameters
  const query = Object.keys(values)
    .sort()
    .filter((name) => values[name] !== undefined)
    // A ratio is written with a hyphen, which needs no escape.
    .map((name) => `${name}=${encodeURIComponent(String(values[name]).replace(/^(\d+):(\d+)$/, '$1-$2'))}`)
    .join('&')
  return `${host.baseUrl ? readOrigin(host.baseUrl) : ''}/${path}${query && '?'}${query}`
}
