import type { IncomingHttpHeaders } from 'node:http'

/**
 * Decides a conditional GET in the order of RFC 9110 13.2.2, in which an ETag outranks a date. S3 does the same: If-Match true and
 * If-Unmodified-Since false is 200, If-None-Match false and If-Modified-Since true is 304.
 */
export function decideConditions(
  headers: IncomingHttpHeaders,
  { etag, lastModifiedAt }: { etag: string; lastModifiedAt: Date },
): 'send' | 'not-modified' | 'failed' {
  // Last-Modified has whole seconds, and so has whatever a client repeats of it.
  const modifiedAtMs = Math.floor(lastModifiedAt.getTime() / 1000) * 1000
  const isModifiedSince = (date: string) => !(modifiedAtMs <= Date.parse(date))

  const ifMatch = headers['if-match']
  const ifUnmodifiedSince = headers['if-unmodified-since']
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, etag)) return 'failed'
  } else if (ifUnmodifiedSince !== undefined && modifiedAtMs > Date.parse(ifUnmodifiedSince)) {
    return 'failed'
  }

  const ifNoneMatch = headers['if-none-match']
  const ifModifiedSince = headers['if-modified-since']
  if (ifNoneMatch !== undefined) return matches(ifNoneMatch, etag) ? 'not-modified' : 'send'
  return ifModifiedSince !== undefined && !isModifiedSince(ifModifiedSince) ? 'not-modified' : 'send'
}

/** Compares weakly and lets quotes be missing, as S3 does. */
function matches(header: string, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, '').replace(/^"|"$/g, '')
  return header.split(',').some((tag) => tag.trim() === '*' || bare(tag) === bare(etag))
}
