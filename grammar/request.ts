import { decodeQueryText, encodeTilde } from './escaping.ts'
import { checkKey, readKeyFromPath } from './key.ts'
import type { RequestParameters } from './parameters.ts'
import { type QueryPair, readParameters } from './query.ts'
import { reject } from './rejection.ts'

/** What a URL asks, as its writer named it: nothing multiplied, rounded or negotiated yet. */
export interface ImageRequest {
  /** Key of the original, decoded. */
  key: string
  parameters: RequestParameters
}

/**
 * Reads a request from its path and its query, both encoded as sent.
 *
 * @throws Rejection `bad-key`, `bad-value`, `repeated`, `contradiction`.
 */
export const parseRequest = (path: string, query: readonly QueryPair[]): ImageRequest => {
  const parameters: RequestParameters = readParameters(query, decodeQueryText, (row) => row.kind)
  const named = readKeyFromPath(path)
  const given = parameters.key
  if (given && named && named !== given) {
    reject('contradiction', 'key', `the key of the path, ${path}`, encodeTilde(given))
  }
  return { key: checkKey(given || named, given ? encodeTilde(given) : path), parameters: parameters }
}
