/**
 * Whether an If-None-Match header names `etag`: a list of tags, weak or strong, or `*`. Weak comparison, as RFC 9110,
 * section 13.1.2, asks for GET and HEAD.
 */
export function matchesEtag(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch.trim() === '*') return true
  const opaque = (tag: string) => tag.replace(/^W\//, '')
  return (ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? []).some((tag) => opaque(tag) === opaque(etag))
}
