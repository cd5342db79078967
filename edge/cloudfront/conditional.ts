/**
 * Whether an If-None-Match header names `etag`: a list, weak or strong, or `*`. Weak comparison, as RFC 9110, section
 * 13.1.2, asks for GET.
 */
export function matchesEtag(ifNoneMatch: string, etag: string): boolean {
  if (etag === '') return false
  if (ifNoneMatch.trim() === '*') return true
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  return (ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? []).some((tag) => opaque(tag) === opaque(etag))
}
