import { decodePercent, decodeQueryText, lowerCaseAscii } from '../../../../grammar/escaping.ts'
import type { ParameterRow } from '../../../../grammar/parameter-row.ts'
import { parameters } from '../../../../grammar/parameters.ts'
import { encodeKey } from '../../../../signer/encode-key.ts'

/** One `name=value` of a query. */
export interface QueryPiece {
  /** Of the parameter in full; as sent, in lower case, where there is no such parameter. */
  name: string
  /** Decoded. */
  text: string
  /** As sent. */
  sent: string
}

const rows: readonly ParameterRow[] = parameters

/** What the URL says of its own signature; the rest of it is what was signed. */
const proof = ['exp', 'kid', 'sig']

/** Path and query of a URL as one types it: what stands before the path, and a fragment, are left out. */
export function splitRequestUrl(url: string): { path: string; query: string } {
  const local = url
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
    .replace(/#.*$/s, '')
  const at = local.indexOf('?')
  const path = at < 0 ? local : local.slice(0, at)
  return { path: path.startsWith('/') ? path : `/${path}`, query: at < 0 ? '' : local.slice(at + 1) }
}

/** The parameters that a URL names, in its order. */
export function readPieces(url: string): QueryPiece[] {
  return splitRequestUrl(url)
    .query.split('&')
    .filter((sent) => sent !== '')
    .map((sent) => {
      const [name = '', ...rest] = sent.split('=')
      const spelt = lowerCaseAscii(decodeQueryText(name))
      const row = rows.find(({ spellings }) => spellings.includes(spelt))
      return { name: row?.name ?? spelt, text: decodeQueryText(rest.join('=')), sent }
    })
}

/** What a URL says of the parameter, decoded; undefined where it does not name it. */
export function readParameter(url: string, name: string): string | undefined {
  return readPieces(url).find((piece) => piece.name === name)?.text
}

/**
 * The URL with another value of the parameter, in its place and under the spelling that the URL has for it, or without it. A
 * signature is left out: it was of the former URL.
 */
export function writeParameter(url: string, name: string, value: string | undefined): string {
  const kept = readPieces(proof.includes(name) ? url : removeProof(url))
  const found = kept.find((piece) => piece.name === name)
  const spelling = found?.sent.split('=')[0] ?? name
  const written = value === undefined ? [] : [`${spelling}=${encodeValue(value)}`]
  const sent = kept.flatMap((piece) => (piece === found ? written : piece.name === name ? [] : [piece.sent]))
  return joinUrl(splitRequestUrl(url).path, found ? sent : [...sent, ...written])
}

/** The URL without its signature. */
export function removeProof(url: string): string {
  const kept = readPieces(url).filter(({ name }) => !proof.includes(name))
  return joinUrl(
    splitRequestUrl(url).path,
    kept.map(({ sent }) => sent),
  )
}

/** Whether the URL claims to be signed. */
export function hasProof(url: string): boolean {
  return readParameter(url, 'sig') !== undefined
}

/** The key of the original that the URL names by its path, or by `key`. */
export function readKey(url: string): string {
  return decodePercent(splitRequestUrl(url).path.slice(1)) || (readParameter(url, 'key') ?? '')
}

/** The URL of another original, asked for the same; without a signature. */
export function writeKey(url: string, key: string): string {
  const kept = readPieces(removeProof(url)).filter(({ name }) => name !== 'key' && name !== 'rev')
  return joinUrl(
    `/${encodeKey(key).path}`,
    kept.map(({ sent }) => sent),
  )
}

function joinUrl(path: string, pieces: readonly string[]): string {
  return `${path}${pieces.length > 0 ? '?' : ''}${pieces.join('&')}`
}

/** Readable: what queries may hold as it is stays so. */
function encodeValue(value: string): string {
  return encodeURIComponent(value).replace(/%(?:2F|3A|2C)/g, decodeURIComponent)
}
