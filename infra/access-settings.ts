import type { AccessMode, AccessRule } from '../grammar/access.ts'
import type { Guard } from './guard-settings.ts'
import { expectKeyPrefix } from './key-prefix.ts'
import { expectNamed, expectOneOf, invalidSetting } from './setting-rules.ts'

/** What a deployment says of the keys under a prefix; `closed` follows from what CloudFront guards. */
export type PrefixAccess = Exclude<AccessMode, 'closed'>

const modes: readonly PrefixAccess[] = ['open', 'bounded', 'signed']

/** Returns access by prefix; all other keys, those of prefix '', are `bounded` unless `given` says otherwise. */
export function readAccess(
  given: Readonly<Record<string, PrefixAccess>>,
  guards: Readonly<Record<string, Guard>>,
): Readonly<Record<string, PrefixAccess>> {
  expectNamed('access', given)
  for (const [prefix, mode] of Object.entries(given)) {
    expectKeyPrefix('access', prefix)
    expectOneOf(`access['${prefix}']`, mode, modes)
    // Security: its rule, the longer one, would give by another behaviour what only CloudFront's signature may.
    const guarded = Object.keys(guards).find((each) => prefix.startsWith(each))
    if (guarded !== undefined) {
      throw invalidSetting('access', `only prefixes outside ${guarded} of cloudFrontSigned`, prefix)
    }
  }
  return { ...given, '': given[''] ?? 'bounded' }
}

/**
 * Returns the rules of an edge function, the longest prefix first. Every guarded prefix is `closed` but the function's own.
 *
 * @param guarded the prefix of the function's behaviour. Security: all other keys are `closed` there, or `?key=` would get
 *   them past their own rules. Left out for the function of all other behaviours.
 */
export function compileAccess(
  access: Readonly<Record<string, PrefixAccess>>,
  guards: Readonly<Record<string, Guard>>,
  guarded?: string,
): readonly AccessRule[] {
  const rules = new Map<string, AccessMode>(guarded === undefined ? Object.entries(access) : [['', 'closed']])
  for (const [prefix, guard] of Object.entries(guards)) {
    if (prefix === guarded) rules.set(prefix, guard.access)
    else if (guarded === undefined || prefix.startsWith(guarded)) rules.set(prefix, 'closed')
  }
  return [...rules].sort(([a], [b]) => b.length - a.length)
}
