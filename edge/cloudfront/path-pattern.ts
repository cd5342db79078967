import { compileGlob } from './glob.ts'

/**
 * Whether a behaviour's path pattern matches a viewer's path: `*` is any run of characters, `?` is one; case matters;
 * a leading slash is optional. Source: CloudFront developer guide, "Path pattern".
 */
export function compilePathPattern(pattern: string): (path: string) => boolean {
  if (pattern === '*') return () => true
  const expression = compileGlob(`/${pattern.replace(/^\//, '')}`)
  return (path) => expression.test(normalizePath(path))
}

/** CloudFront "normalizes URI paths consistent with RFC 3986" to match a behaviour, and passes the raw path on. */
function normalizePath(path: string): string {
  const unescaped = path.replace(/%([0-9a-f]{2})/gi, (whole, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    return /[A-Za-z0-9._~-]/.test(character) ? character : whole.toUpperCase()
  })
  const segments: string[] = []
  const given = unescaped.split('/').slice(1)
  for (const segment of given) {
    if (segment === '..') segments.pop()
    else if (segment !== '.') segments.push(segment)
  }
  // RFC 3986, section 5.2.4: what ends in a dot segment ends in a slash.
  if (/^\.\.?$/.test(given.at(-1) ?? '')) segments.push('')
  return `/${segments.join('/')}`
}
