import { parseRequest } from '../grammar/request.ts'
import { invalidSetting } from './setting-rules.ts'

/** Characters that mean themselves in a path pattern of CloudFront, and that no URL needs to escape. */
const PATTERN_SAFE = /^[A-Za-z0-9._/-]*$/

/** Characters that a path pattern may have. Source: CloudFront API, `PathPattern` of a cache behaviour. */
const maxPatternLength = 255

/** Returns whether a URL can name an original by `key`, decoded. The edge function's reader decides. */
export function isKey(key: string): boolean {
  try {
    const path = key.split('/').map(encodeURIComponent).join('/')
    return parseRequest(`/${path}`, '', '').key === key
  } catch {
    // A rejection, or a lone surrogate.
    return false
  }
}

/** Throws unless keys can begin with `prefix`, decoded: else it would stand for nothing. */
export function expectKeyPrefix(name: string, prefix: string): void {
  if (isKey(`${prefix}x`)) return
  throw invalidSetting(
    name,
    'prefixes that keys can begin with: no leading slash, no empty, . or .. segment, no control character',
    prefix,
  )
}

/** Returns the path pattern of a behaviour for the keys that begin with `prefix`; undefined where none stands for just them. */
export function formatPathPattern(prefix: string): string | undefined {
  const pattern = `/${prefix}*`
  return PATTERN_SAFE.test(prefix) && pattern.length <= maxPatternLength ? pattern : undefined
}
