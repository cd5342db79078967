import type { CacheEntry } from './cache.ts'

/**
 * Whether an item of an invalidation takes an entry away: `#tag` by cache tag, case-blind and whole; else a path of the
 * rewritten URL, with `*` at the end for everything that begins so. A path without `?` takes every query.
 * Source: CloudFront developer guide, "Invalidate files", and "Invalidate by cache tag".
 *
 * @throws Error for an item that CloudFront would not take.
 */
export function compileInvalidation(item: string): (url: string, entry: CacheEntry) => boolean {
  if (item.startsWith('#')) {
    const tag = item.slice(1).toLowerCase()
    return (_url, { tags }) => tags.includes(tag)
  }
  if (!item.startsWith('/'))
    throw new Error(`expected a path that begins with / or a #tag but received ${item}`)
  if (item.endsWith('*')) return (url) => url.startsWith(item.slice(0, -1))
  return item.includes('?') ? (url) => url === item : (url) => url.split('?')[0] === item
}
