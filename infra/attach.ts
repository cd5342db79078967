import type { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import type { Behaviours } from './behaviours.ts'
import { addCacheTags } from './delivery.ts'
import { expectKeyPrefix, formatPathPattern } from './key-prefix.ts'
import { invalidSetting } from './setting-rules.ts'

/**
 * Adds to `distribution` the behaviours of the keys that begin with `prefix`, those of the settings' own prefixes within it
 * first, and has it read cache tags. All that a distribution has once for all its behaviours stays as it is: errors, certificate,
 * countries, web ACL.
 */
export function attachBehaviours(distribution: Distribution, behaviours: Behaviours, prefix: string): void {
  const pattern = formatPathPattern(prefix)
  expectKeyPrefix('prefix', prefix)
  if (pattern === undefined || (prefix !== '' && !prefix.endsWith('/'))) {
    throw invalidSetting('prefix', 'a prefix of A-Za-z0-9._-/ that ends with a slash', prefix)
  }
  const { defaultBehavior, additionalBehaviors } = behaviours
  const within = Object.entries(additionalBehaviors).flatMap(([path, behaviour]) => {
    const own = narrowPattern(path, prefix)
    return own === undefined ? [] : [[own, behaviour] as const]
  })
  for (const [path, { origin, ...options }] of new Map([...within, [pattern, defaultBehavior] as const])) {
    distribution.addBehavior(path, origin, options)
  }
  addCacheTags(distribution)
}

/** Returns what of `path` lies under the prefix: all of it, what a leading wildcard leaves of it, or undefined for nothing. */
function narrowPattern(path: string, prefix: string): string | undefined {
  if (path.startsWith(`/${prefix}`)) return path
  const wildcard = /^\/?\*/.exec(path)
  return wildcard ? `/${prefix}*${path.slice(wildcard[0].length)}` : undefined
}
