import { randomInt } from 'node:crypto'
import { KeyStoreError } from './key-store-error.ts'

/** As the edge function takes it from a URL. */
const kidPattern = /^[a-z0-9-]{1,32}$/

/** Where the edge function looks for the secret of a kid. */
const prefix = 'sign.'

/** A new key id: `k`, the day in UTC and four random characters, as `k20261123-ab12`. `now` in epoch milliseconds. */
export function createKid(now: number): string {
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '')
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
  const random = Array.from({ length: 4 }, () => letters[randomInt(letters.length)])
  return `k${day}-${random.join('')}`
}

/** @throws KeyStoreError `bad-kid`. */
export function checkKid(kid: string): void {
  // A pattern would take undefined, a variable of the environment that is not set, for the text `undefined`.
  const isText = typeof kid === 'string'
  if (isText && kidPattern.test(kid)) return
  // What is longer than a key id may be a secret in the wrong place: it is not repeated.
  const received = isText && kid.length > 32 ? `${kid.length} characters` : JSON.stringify(kid)
  throw new KeyStoreError('bad-kid', `kid: expected 1 to 32 of a-z, 0-9 and - but received ${received}`)
}

/** The name in the KeyValueStore under which a kid's secret stands. */
export function nameKey(kid: string): string {
  return prefix + kid
}

/** The kids among the names of a KeyValueStore, sorted. */
export function findKids(names: readonly string[]): string[] {
  return names
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((kid) => kidPattern.test(kid))
    .sort()
}
