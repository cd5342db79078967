import { undecodable } from '../grammar/escaping.ts'
import { checkKey } from '../grammar/key.ts'
import type { Rejection } from '../grammar/rejection.ts'
import { invalidArgument } from './invalid-argument.ts'

/** A key in its two spellings. */
export interface EncodedKey {
  /**
   * As the path of a URL, percent-encoded so that no client, proxy or markup changes a byte of it: `A-Za-z0-9._~-/` stand for
   * themselves.
   */
  path: string
  /** As it is signed, tilde-encoded. */
  signed: string
}

/**
 * @param parameter that names it.
 * @throws Error `expected X for key but received Y` for what is not the key of an original.
 */
export function encodeKey(key: string, parameter: 'key' | 'overlay' = 'key'): EncodedKey {
  if (typeof key !== 'string') throw invalidArgument(parameter, 'a text', key)
  try {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the edge refuses keys with them
    checkKey(/[\0-\x1f\x7f]/.test(key) ? undecodable : key, key, parameter)
    if (!/[^\w.\-/]/.test(key)) return { path: key, signed: key }
    const path = escapeKey(key)
    // `encodeTilde` of the grammar, over what is escaped already: the tests compare the two.
    return { path, signed: path.replaceAll('~', '~7E').replaceAll('%', '~') }
  } catch (thrown) {
    // A Rejection, or the URIError of a lone surrogate.
    const { expected } = thrown as Partial<Rejection>
    // The likeliest mistake, which what the grammar expects would not tell.
    throw invalidArgument(
      parameter,
      key[0] === '/' ? 'no leading /' : (expected ?? 'well-formed Unicode'),
      key,
    )
  }
}

/** A query of which values are as they are signed, as it stands in a URL: a request is percent-encoded, like {@link EncodedKey.path}. */
export function escapeQuery(signed: string): string {
  return signed.includes('~') ? signed.replaceAll('~', '%').replaceAll('%7E', '~') : signed
}

function escapeKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
