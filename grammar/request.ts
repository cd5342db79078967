import type { ViewerClass } from './accept.ts'
import { decodePercent, decodeQueryText, decodeTilde, encodeTilde, undecodable } from './escaping.ts'
import { checkKey } from './key.ts'
import type { RequestParameters } from './parameters.ts'
import { readParameters } from './query.ts'
import { reject } from './rejection.ts'
import type { ValueKind } from './value-kinds.ts'

/** What a URL asks, as its writer named it: nothing expanded, multiplied, rounded or negotiated yet. */
export interface ImageRequest {
  /** Key of the original, decoded. */
  key: string
  parameters: RequestParameters
  /** The parameters as `name=value`, in the order in which they were sent. */
  named: readonly string[]
  /** There where the query begins with `rev=`: the URL claims to be canonical. */
  canonical?: {
    /** The class of viewer that the URL names, whoever asks for it. */
    class: ViewerClass
    /** The URL as received. */
    url: string
  }
}

/**
 * Reads what a URL asks from its path and its raw query, both encoded as sent. A canonical URL is read like a request,
 * but for its escapes and its class: when it is resolved, it is compared with what would be written.
 *
 * @param presets the names of the settings' presets, between spaces.
 * @throws Rejection `too-many`, `bad-key`, `bad-value`, `repeated`, `contradiction`.
 */
export const parseRequest = (path: string, query: string, presets: ValueKind): ImageRequest => {
  const canonical = /^rev=/.test(query)
  const classPattern = /(&format=auto)\.(avif|webp)/
  const classed = classPattern.exec(query)
  const named: string[] = []
  const parameters: RequestParameters = readParameters(
    canonical ? query.replace(classPattern, '$1') : query,
    canonical ? decodeTilde : decodeQueryText,
    presets,
    named,
  )
  const encoded = path.replace(/^\//, '')
  // An encoded slash would give one object two addresses, and a guard on path patterns a hole.
  const inPath = /%2f/i.test(path) ? undecodable : (canonical ? decodeTilde : decodePercent)(encoded)
  const given = parameters.key
  if (given && inPath && inPath !== given) {
    reject('contradiction', 'key', 'the path', encodeTilde(given))
  }
  parameters.key = undefined
  const overlay = parameters.overlay
  if (overlay !== undefined) checkKey(overlay, '', 'overlay')
  return {
    key: checkKey(given || inPath, given ? '' : path, 'key'),
    parameters: parameters,
    named: named,
    canonical: canonical
      ? { class: classed ? (classed[2] as ViewerClass) : 'none', url: `${path}?${query}` }
      : undefined,
  }
}
