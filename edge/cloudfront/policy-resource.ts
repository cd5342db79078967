import { compileGlob } from './glob.ts'

// Sentences in quotes are the CloudFront developer guide's, "Create a signed URL using a custom policy".

/** A viewer's URL without CloudFront's own parameters, percent-encoded as sent. */
export interface AskedUrl {
  /** Host, with its port where it names one. */
  domain: string
  path: string
  /** Without `?`; '' where there is none. */
  query: string
}

/**
 * Schemes of a viewer's URL. On this machine TLS is taken as ended before the edge, so a URL that was signed for either
 * is one that was asked for.
 */
export const schemes = ['https', 'http'] as const

/** The URL as a signer writes it: "If you have no query string parameters, omit the question mark." */
export function formatResource(scheme: (typeof schemes)[number], { domain, path, query }: AskedUrl): string {
  return `${scheme}://${domain}${path}${query === '' ? '' : `?${query}`}`
}

/** Whether the Resource of a custom policy covers `url`. */
export function matchesResource(resource: string, url: AskedUrl): boolean {
  // "An asterisk by itself […] matches any URL."
  if (resource === '*') return true
  const [protocol, rest] = splitProtocol(resource)
  if (!schemes.some((scheme) => compileGlob(protocol).test(scheme))) return false
  const slash = rest.indexOf('/')
  const domain = slash < 0 ? rest : rest.slice(0, slash)
  if (!compileGlob(domain).test(url.domain)) return false
  // "A trailing asterisk in the domain section implies an asterisk in both the path and query string sections."
  if (slash < 0) return domain.endsWith('*') || (url.path === '/' && url.query === '')
  return splitQuery(rest.slice(slash)).some(([path, query]) => {
    if (!compileGlob(path).test(url.path)) return false
    // "A trailing asterisk in the path section implies an asterisk in the query string section."
    if (query === undefined) return path.endsWith('*') || url.query === ''
    return compileGlob(query).test(url.query)
  })
}

/** "A URL in the policy can omit the protocol section and start with an asterisk in the domain section." */
function splitProtocol(resource: string): [protocol: string, rest: string] {
  const end = resource.indexOf('://')
  if (end >= 0) return [resource.slice(0, end), resource.slice(end + 3)]
  return resource.startsWith('*') ? ['*', resource] : ['', resource]
}

/**
 * Path and query as they may be meant: "the wildcard matching applies only within the boundaries of the section". A
 * question mark begins the query or is a wildcard, which the guide leaves open, so each is tried as the boundary. The
 * guide writes `\?` for it in its patterns, and tells signers not to: both are read.
 */
function splitQuery(text: string): [path: string, query: string | undefined][] {
  const escaped = text.indexOf('\\?')
  if (escaped >= 0) return [[text.slice(0, escaped), text.slice(escaped + 2)]]
  const boundaries = [...text.matchAll(/\?/g)].map(({ index }) => index)
  const splits = boundaries.map((at): [string, string] => [text.slice(0, at), text.slice(at + 1)])
  return [[text, undefined], ...splits]
}
