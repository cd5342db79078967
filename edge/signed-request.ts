// A signed request, as far as it can be read without knowing a secret.

/** A request as it stands on the wire, header names in lower case. `url` is the raw path and query: decoding it first would change what was signed. */
export interface SignableRequest {
  method: string
  url: string
  headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/**
 * Splits a raw URL into its raw path and decoded query, or returns undefined where the percent-encoding is broken. Whoever acts on
 * a verified request reads its query here too: a second reading could see other values than the signature covers. `+` is a plus.
 */
export function readTarget(url: string): { path: string; query: Record<string, string[]> } | undefined {
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  // No prototype: a parameter named `constructor` is an ordinary one.
  const query: Record<string, string[]> = Object.create(null)
  try {
    decodeURIComponent(path)
    for (const pair of mark < 0 ? [] : url.slice(mark + 1).split('&')) {
      if (pair === '') continue
      const equals = pair.indexOf('=')
      const name = decodeURIComponent(equals < 0 ? pair : pair.slice(0, equals))
      const values = query[name] ?? []
      values.push(equals < 0 ? '' : decodeURIComponent(pair.slice(equals + 1)))
      query[name] = values
    }
  } catch {
    return undefined
  }
  return { path, query }
}

/** The value of a header; several in one, between commas. */
export function readHeader({ headers }: SignableRequest, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined
  return typeof value === 'object' ? value.join(',') : value
}
