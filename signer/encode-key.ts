import { decodePercent } from '../grammar/escaping.ts'
import { checkKey } from '../grammar/key.ts'
import type { Rejection } from '../grammar/rejection.ts'
import { invalidArgument } from './invalid-argument.ts'

/**
 * `key` as the path of a URL, percent-encoded so that no client, proxy or markup changes a byte of it: `A-Za-z0-9._~-/` stand
 * for themselves.
 *
 * @throws Error `expected X for key but received Y` for what is not the key of an original.
 */
export function encodeKey(key: string): string {
  if (typeof key !== 'string') throw invalidArgument('key', 'a text', key)
  try {
    const path = /^[\w.\-/]+$/.test(key) ? key : encodeRest(key)
    // As the edge reads it, which refuses control characters.
    checkKey(path === key ? key : decodePercent(path), key)
    return path
  } catch (thrown) {
    // A Rejection, or the URIError of a lone surrogate.
    const { expected } = thrown as Partial<Rejection>
    throw invalidArgument('key', expected ?? 'well-formed Unicode', key)
  }
}

function encodeRest(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
