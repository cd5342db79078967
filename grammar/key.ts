import { decodePercent, encodeTilde, undecodable } from './escaping.ts'
import { reject } from './rejection.ts'

/** Bytes of UTF-8 that a key may have. Source: Amazon S3, "Naming Amazon S3 objects". */
const maxKeyBytes = 1024

/** The key that a request's path names: percent-decoded once, `+` literal; '' for `/`. */
export const readKeyFromPath = (path: string): string => {
  // An encoded slash would give one object two addresses, and a guard on path patterns a hole.
  return /%2f/i.test(path) ? undecodable : decodePercent(path.replace(/^\//, ''))
}

/**
 * `key`, if an original can have it.
 *
 * @param sent how it was spelt, for the message.
 * @throws Rejection `bad-key`.
 */
export const checkKey = (key: string, sent: string): string => {
  const encoded = encodeTilde(key)
  // Each escape is three characters for one byte.
  const bytes = encoded.length - 2 * (encoded.split('~').length - 1)
  if (/\0|(^|\/)\.{0,2}(\/|$)/.test(key) || bytes > maxKeyBytes) {
    reject(
      'bad-key',
      'key',
      `at most ${maxKeyBytes} bytes of UTF-8, no control character, encoded slash, empty or dot segment`,
      sent,
    )
  }
  return key
}
