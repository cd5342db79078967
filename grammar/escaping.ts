// Characters that may come by the thousand are replaced by split and join: where a pattern matches often, the nearest
// engine to CloudFront's needs time with the square of the length. What is mostly not there is looked for by search: `test`
// keeps 4 KB of the function's 2 MB each time that it finds nothing, in that engine (njs 0.7.9), which frees none.

/** What decoding gives for text that no name, value or key may hold. */
export const undecodable = '\0'

/**
 * The text that percent-encoding spells, decoded once; {@link undecodable} where it is broken, is not UTF-8, or spells a
 * control character. (Before a final newline, `$` matches in some engines: none gets as far as a pattern.)
 */
export const decodePercent = (text: string): string => {
  try {
    const decoded = decodeURIComponent(text)
    // A lone surrogate, which no UTF-8 spells, makes the encoder throw; control characters it writes as %00 to %1F and %7F.
    return encodeURI(decoded).search(/%([01]|7F)/) < 0 ? decoded : undecodable
  } catch (_error) {
    return undecodable
  }
}

/** A name or value of a query string, decoded once: as a path, but `+` is a space. */
export const decodeQueryText = (text: string): string => {
  return decodePercent(text.split('+').join(' '))
}

/**
 * `text` in the alphabet of canonical URLs: `A-Za-z0-9._-/` stand for themselves, every other UTF-8 byte is `~XX`.
 * That leaves no character that Origin Access Control signs differently from how the Function URL reads it.
 *
 * @throws URIError for a lone surrogate, which no UTF-8 spells.
 */
export const encodeTilde = (text: string): string => {
  // Most texts: the work below is six times the length of a text.
  if (text.search(/[^\w.\-/]/) < 0) return text
  // What the encoder leaves, the tilde first: it begins every escape.
  const rest = "~!'()*".split('').reduce((encoded, character) => {
    return encoded.split(character).join(`~${character.charCodeAt(0).toString(16).toUpperCase()}`)
  }, encodeURIComponent(text))
  return rest.split('%2F').join('/').split('%').join('~')
}

/** The text that tilde encoding spells; more lenient than {@link encodeTilde}: compare what that writes again. */
export const decodeTilde = (text: string): string => {
  return decodePercent(text.split('~').join('%'))
}

/**
 * `text` in lower case if it is ASCII, else unchanged. Engines differ in the case of other letters, and U+212A
 * (Kelvin) would become a plain `k`.
 */
export const lowerCaseAscii = (text: string): string => {
  return text.search(/[^\0-\x7f]/) < 0 ? text.toLowerCase() : text
}
