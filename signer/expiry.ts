import { defaultSettings } from '../grammar/default-settings.ts'
import { invalidArgument } from './invalid-argument.ts'

/** Seconds that a signature may live at most, where the settings of a deployment say nothing else: a week. */
export const defaultMaxLifetimeSeconds = defaultSettings.lifetime

/** Seconds that a signature lives, where nothing else is said: a day. */
const defaultExpiresInSeconds = 86_400

/** When signatures end. */
export interface ExpiryOptions {
  /** Seconds that a URL is good for at least. Default 86,400, a day. */
  expiresInSeconds?: number
  /**
   * The end is rounded up to a multiple of these seconds, so that all pages of that time have the same URL, which browsers
   * then have in their caches. 1 to half of the lifetime allowed; 1 for no rounding. Default: the largest of a day, an hour, a minute and
   * a second that is at most half of `expiresInSeconds`: a URL of a day changes once an hour and lives at most 25 hours.
   *
   * An end that would be further ahead than the settings allow is rounded down instead, to no less than the lifetime allowed
   * minus these seconds.
   */
  roundToSeconds?: number
}

const steps = [86_400, 3600, 60, 1]

/** Reads {@link ExpiryOptions}: a function that gives the end, in seconds since the epoch, of what is signed at `now`, in the same. */
export function planExpiry(
  { expiresInSeconds = defaultExpiresInSeconds, roundToSeconds }: ExpiryOptions,
  maxLifetimeSeconds: number,
): (now: number) => number {
  expectSeconds('expiresInSeconds', expiresInSeconds, maxLifetimeSeconds)
  const roundTo = roundToSeconds ?? steps.find((step) => step * 2 <= expiresInSeconds) ?? 1
  expectSeconds('roundToSeconds', roundTo, Math.max(1, Math.floor(maxLifetimeSeconds / 2)))
  return (now) => {
    const wanted = Math.ceil((now + expiresInSeconds) / roundTo) * roundTo
    return wanted <= now + maxLifetimeSeconds
      ? wanted
      : Math.floor((now + maxLifetimeSeconds) / roundTo) * roundTo
  }
}

/** `expiresAt` in seconds since the epoch, for a signature that ends at that moment and no other. */
export function readExpiresAt(expiresAt: Date, now: number, maxLifetimeSeconds: number): number {
  const end = expiresAt instanceof Date ? Math.floor(expiresAt.getTime() / 1000) : Number.NaN
  if (end > now && end <= now + maxLifetimeSeconds) return end
  throw invalidArgument(
    'expiresAt',
    `a Date within ${maxLifetimeSeconds} seconds from now`,
    Number.isNaN(end) ? expiresAt : new Date(end * 1000).toISOString(),
  )
}

/** @throws Error unless `value` is a whole number from `least` to `most`. */
export function expectSeconds(name: string, value: unknown, most: number, least = 1): void {
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return
  throw invalidArgument(name, `a whole number of seconds from ${least} to ${most}`, value)
}
