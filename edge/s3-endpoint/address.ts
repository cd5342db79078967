import { readTarget } from '../signed-request.ts'

/** What a path-style URL points at. An empty bucket is the service, an empty key the bucket itself. */
export interface Address {
  bucket: string
  key: string
  query: Record<string, string[]>
}

/**
 * Reads `/bucket/key?query`, decoding bucket and key once, or returns undefined for what is not such a URL. The key is whatever
 * stands after the bucket, `..` and leading slashes included: which keys may become file names is decided in `folder.ts`.
 */
export function readAddress(url: string): Address | undefined {
  const target = readTarget(url)
  if (target === undefined || !target.path.startsWith('/')) return undefined
  const end = target.path.indexOf('/', 1)
  const [bucket, key] =
    end < 0 ? [target.path.slice(1), ''] : [target.path.slice(1, end), target.path.slice(end + 1)]
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key), query: target.query }
}

/** Returns the first query parameter that is repeated or not among those known, ignoring what the SDK and signing add. */
export function findUnexpected(
  query: Record<string, string[]>,
  known: readonly string[],
): string | undefined {
  return Object.entries(query).find(
    ([name, values]) => values.length > 1 || !(known.includes(name) || /^(x-id|X-Amz-.*)$/.test(name)),
  )?.[0]
}
