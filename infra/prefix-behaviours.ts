import type { PrefixAccess } from './access-settings.ts'
import type { Guard } from './guard-settings.ts'
import { formatPathPattern } from './key-prefix.ts'
import { invalidSetting } from './setting-rules.ts'

/** What a behaviour has that others have not. */
export interface PrefixBehaviour {
  /** Of the keys that it is for; '' for the default behaviour. */
  readonly prefix: string
  /** Whether CloudFront verifies its requests, and a function of its own answers them. */
  readonly guarded: boolean
  /** Whether browsers alone may keep its answers, and not for long. */
  readonly private: boolean
}

/**
 * Behaviours of a distribution, the default one included, but for that of vector graphics. Source: CloudFront developer guide,
 * "Quotas": 75; adjustable.
 */
const maxBehaviours = 74

/**
 * Returns the behaviours that the settings need, the longest prefix first, the default one last. A prefix of `access` has one
 * only where its answers are private and those around it are not, or the other way round. Nothing but the headers of an answer
 * hangs on these patterns, which another spelling of a URL may miss: who gets one, the function decides by the key.
 */
export function listBehaviours(settings: {
  readonly access: Readonly<Record<string, PrefixAccess>>
  readonly cloudFrontSigned: Readonly<Record<string, Guard>>
}): readonly PrefixBehaviour[] {
  const isPrivate = (prefix: string) => settings.access[prefix] === 'signed'
  const byLength = (prefixes: readonly string[]) => [...prefixes].sort((a, b) => b.length - a.length)
  const named = byLength(
    Object.keys(settings.access).filter((prefix) => formatPathPattern(prefix) !== undefined),
  )
  const own = named.filter((prefix, at) => {
    const around = named.slice(at + 1).find((shorter) => prefix.startsWith(shorter))
    return around === undefined || isPrivate(prefix) !== isPrivate(around)
  })
  const guarded = Object.keys(settings.cloudFrontSigned)
  const behaviours = byLength([...guarded, ...own]).map(
    (prefix): PrefixBehaviour => ({
      prefix,
      guarded: guarded.includes(prefix),
      private: guarded.includes(prefix) || isPrivate(prefix),
    }),
  )
  if (behaviours.length > maxBehaviours) {
    throw invalidSetting(
      'access',
      `at most ${maxBehaviours} behaviours of one distribution`,
      behaviours.length,
    )
  }
  return behaviours
}
