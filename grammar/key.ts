import { reject } from './rejection.ts'

/** Bytes of UTF-8 that a key may have. Source: Amazon S3, "Naming Amazon S3 objects". */
const maxKeyBytes = 1024

/**
 * `key`, decoded, if an original can have it.
 *
 * @param sent how it was spelt, for the message; '' where that is not known.
 * @param parameter that named it.
 * @throws Rejection `bad-key`.
 */
export const checkKey = (key: string, sent: string, parameter: 'key' | 'overlay'): string => {
  const encoded = encodeURI(key)
  // Each escape is three characters for one byte; a split has one piece more than there are escapes.
  const bytes = encoded.length - 2 * encoded.split('%').length + 2
  if (/\0|(^|\/)\.{0,2}(\/|$)/.test(key) || bytes > maxKeyBytes) {
    reject('bad-key', parameter, `1..${maxKeyBytes} bytes, no %2F // . ..`, sent || encoded)
  }
  return key
}
