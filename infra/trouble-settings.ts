import { isKey } from './key-prefix.ts'
import { expectKnownNames, expectOneOf, expectWhole, invalidSetting } from './setting-rules.ts'

/** How originals in a Glacier storage class are brought back when somebody asks for them. */
export interface RestoreArchived {
  /** For how long the restored copy stays, in days, 1–30: it is paid for beside the archived one. */
  readonly days: number
  /**
   * How fast, and how dear: `Expedited` takes minutes, `Standard` hours, `Bulk` up to two days; from Deep Archive `Standard`
   * takes half a day, and `Expedited` is `Standard`. Who may ask for an original can cause its restore.
   */
  readonly tier: 'Standard' | 'Bulk' | 'Expedited'
}

/** What is shown in place of an original that is missing, forbidden, archived, broken or too large. */
export interface Fallback {
  /** Key of an original in the same bucket; a drawing is sharp at any size. */
  readonly key: string
}

/** What a deployment says of originals in trouble. */
export interface TroubleSettings {
  /** Default undefined: archived originals are answered 403 until somebody else restores them. */
  readonly restoreArchived: RestoreArchived | undefined
  /**
   * Default undefined: 403, 404 and 415 are text alone. Else they are the picture of this key, at the size asked for and in a
   * format that the viewer takes, with the same status: browsers show it. Each such answer costs a rendering.
   */
  readonly fallback: Fallback | undefined
}

/** Days that a restored copy may stay: whoever needs one longer had better not archive it. */
const maxDays = 30

/** Returns the settings as given. Throws where they could not work. */
export function readTroubleSettings({
  restoreArchived,
  fallback,
}: Partial<TroubleSettings>): TroubleSettings {
  if (restoreArchived !== undefined) expectRestore(restoreArchived)
  if (fallback !== undefined) expectFallback(fallback)
  return { restoreArchived, fallback }
}

/** Returns the settings as the transformer reads them; nothing of what is off. */
export function troubleEnvironment({
  restoreArchived,
  fallback,
}: TroubleSettings): Readonly<Record<string, string>> {
  return {
    ...(restoreArchived && {
      FOVEA_RESTORE_DAYS: String(restoreArchived.days),
      FOVEA_RESTORE_TIER: restoreArchived.tier,
    }),
    ...(fallback && { FOVEA_FALLBACK_KEY: fallback.key }),
  }
}

function expectRestore(given: RestoreArchived): void {
  expectKnownNames('restoreArchived', given, { days: 0, tier: '' })
  expectWhole('restoreArchived.days', given.days, 1, maxDays, 'days')
  expectOneOf('restoreArchived.tier', given.tier, ['Standard', 'Bulk', 'Expedited'])
}

function expectFallback(given: Fallback): void {
  expectKnownNames('fallback', given, { key: '' })
  const { key }: { key: unknown } = given
  if (typeof key !== 'string' || !isKey(key)) {
    throw invalidSetting('fallback.key', 'the key of an original, such as fallback.svg,', key)
  }
}
