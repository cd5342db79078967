import { defaultSettings } from '../grammar/default-settings.ts'
import { expectWhole, fillIn } from './setting-rules.ts'

/** What holds for the signatures of this deployment's own URLs; the secrets are in its KeyValueStore. */
export interface Signing {
  /**
   * How far ahead a signature may end, in seconds, 60–31,536,000 (a year). Default 604,800 (7 days): longer than a newsletter
   * is read, shorter than a leaked URL is useful.
   */
  readonly maxLifetimeSeconds: number
  /** How far clocks may be apart, in seconds, 0–3,600. Default 60: servers on NTP differ by less than one. */
  readonly clockSkewSeconds: number
}

const defaults: Signing = {
  maxLifetimeSeconds: defaultSettings.lifetime,
  clockSkewSeconds: defaultSettings.skew,
}

/** A year: what is meant to live longer is no secret, and access by prefix says so better. */
const maxSignatureSeconds = 31_536_000

/** Returns the rules, complete. */
export function readSigning(given?: Partial<Signing>): Signing {
  const signing = fillIn('signing', defaults, given)
  expectWhole('signing.maxLifetimeSeconds', signing.maxLifetimeSeconds, 60, maxSignatureSeconds, 'seconds')
  expectWhole('signing.clockSkewSeconds', signing.clockSkewSeconds, 0, 3600, 'seconds')
  return signing
}
