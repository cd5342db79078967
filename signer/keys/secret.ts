import { randomBytes } from 'node:crypto'
import { KeyStoreError } from './key-store-error.ts'

/** As many as HMAC-SHA256 can make use of. RFC 2104, section 3. */
const secretBytes = 32

/** Characters of base64url: the least are those of 32 bytes, the most what a value of a KeyValueStore may have. */
const minLength = 43
const maxLength = 1024

/** Of 43 random characters about 31 are different, of 64 hexadecimal digits nearly always 15 or 16: fewer than 12 are met by no chance. */
const minDistinct = 12

/** `correct-horse-battery-staple-…`, however long. That 43 random characters look so is met once in 10^15 times. */
const wordsAlone = /^(?:[a-z_-]+|[A-Z_-]+)$/

/** A new secret: 32 random bytes as base64url, 43 characters. */
export function createSecret(): string {
  return randomBytes(secretBytes).toString('base64url')
}

/**
 * Refuses a secret that somebody typed rather than drew: too short, not base64url, of few different characters, words alone,
 * repeating itself, or a sequence. What passes may still be known to others; a created one never is.
 *
 * @throws KeyStoreError `weak-secret`, which says what was received without any character of it.
 */
export function checkSecret(secret: string): void {
  const received = describeWeakness(secret)
  if (received === undefined) return
  throw new KeyStoreError(
    'weak-secret',
    `secret: expected ${minLength} to ${maxLength} random characters of base64url but received ${received}`,
  )
}

function describeWeakness(secret: unknown): string | undefined {
  // What types do not hold off: a variable of the environment that is not set, a Promise, bytes.
  if (secret === undefined || secret === '') return 'none'
  if (typeof secret !== 'string') return 'what is no text'
  if (!/^[A-Za-z0-9_-]*$/.test(secret)) return 'characters that are not base64url'
  if (secret.length < minLength || secret.length > maxLength) return `${secret.length}`
  const distinct = new Set(secret).size
  if (distinct < minDistinct) return `only ${distinct} different ones`
  if (wordsAlone.test(secret)) return 'letters of one case alone, as words are written'
  if (repeats(secret)) return 'a text that repeats itself'
  return isSequential(secret) ? 'a sequence' : undefined
}

/** Whether it is a shorter text written again and again, the last time perhaps in part. */
function repeats(text: string): boolean {
  for (let period = 1; period <= text.length / 2; period++) {
    if (text.slice(period) === text.slice(0, -period)) return true
  }
  return false
}

/** Whether more than half of the characters are as far from the one before: `abcd`, `9876`, `acegi`. */
function isSequential(text: string): boolean {
  const counts = new Map<number, number>()
  for (let index = 1; index < text.length; index++) {
    const step = text.charCodeAt(index) - text.charCodeAt(index - 1)
    counts.set(step, (counts.get(step) ?? 0) + 1)
  }
  return Math.max(...counts.values()) > text.length / 2
}
