import { expectGroup, invalidSetting } from './setting-rules.ts'

/** Tags a resource may have are 50, some of them the CDK's and AWS's own. */
const maxTags = 40

/** Characters of keys and values. Source: Billing user guide, "User-defined tag restrictions". */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u

/** Returns the tags, once they are some that every service takes. */
export function readTags(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  expectGroup('tags', given)
  const entries: readonly (readonly [string, unknown])[] = Object.entries(given)
  if (entries.length > maxTags) throw invalidSetting('tags', `at most ${maxTags} tags`, entries.length)
  for (const [key, value] of entries) {
    if (!TAG_TEXT.test(key) || key.length < 1 || key.length > 128 || /^(aws|fovea):/i.test(key)) {
      throw invalidSetting('tags', 'keys of 1 to 128 characters that do not begin with aws: or fovea:', key)
    }
    if (typeof value !== 'string' || !TAG_TEXT.test(value) || value.length > 256) {
      throw invalidSetting(`tags['${key}']`, 'a text of at most 256 characters', value)
    }
  }
  return { ...given }
}
