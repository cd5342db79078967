import type { Rule, TextParameters } from './rule.ts'

/** What a URL of another service says. */
export interface ForeignRequest {
  /** Key of the original. */
  key: string
  /** Names and values, decoded, in their order. */
  options: readonly (readonly [name: string, value: string])[]
  /** What is to be said of the key or the URL as a whole. */
  warnings?: readonly string[]
}

/** A service whose URLs are understood. */
export interface Service {
  /** As `--from` has it. */
  id: string
  title: string
  /** A URL of it, for the documentation. */
  example: string
  /** The request of a URL; undefined where it is none of this service. */
  read: (url: ForeignUrl) => ForeignRequest | undefined
  /** Whether a URL that can be read is sure to be of this service, and not of another with the same form. */
  isOwn: (url: ForeignUrl) => boolean
  /** By the names of the options; other names of one are in {@link aliases}. */
  rules: Readonly<Record<string, Rule>>
  aliases?: Readonly<Record<string, string>>
  /** What is added to the parameters: what the service does and Fovea does not by itself. */
  complete?: (set: TextParameters, option: (name: string) => string) => TextParameters
}

/** A URL in its parts. */
export interface ForeignUrl {
  /** '' where it has none. */
  host: string
  /** As sent, without the leading slash. */
  path: string
  /** As sent. */
  query: string
}

/** Splits a URL, or a path with its query. `URL` would change the path, in which other URLs may stand. */
export function splitForeignUrl(url: string): ForeignUrl {
  const [, host = '', path = '', query = ''] =
    /^(?:https?:\/\/([^/?#]*))?\/?([^?#]*)\??([^#]*)/i.exec(url) ?? []
  return { host: host.toLowerCase(), path, query }
}

/** Percent-decoded, as it is where that is not possible. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The options of a query string. */
export function readQuery(query: string): [string, string][] {
  return [...new URLSearchParams(query)]
}

/** The key of an original that a URL or path names, and what must be said of it. */
export function readSource(source: string): { key: string; warnings: string[] } {
  const [, scheme, host, path] = /^([a-z][a-z\d]*):\/{1,2}([^/]*)\/(.*)$/i.exec(source) ?? []
  if (path === undefined) return { key: source.replace(/^\/+/, ''), warnings: [] }
  // A query is of the source's own server.
  return {
    key: path.replace(/\?.*$/, ''),
    warnings: [`the original is looked for under its path, not at ${scheme}://${host}`],
  }
}

/** Both sides without a fit: what services other than Fovea, which covers the box, take. */
export function withFit(set: TextParameters, fit: string): TextParameters {
  return set.width && set.height && set.fit === undefined ? { ...set, fit } : set
}
