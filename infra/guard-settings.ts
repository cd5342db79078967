import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { expectKeyPrefix, formatPathPattern } from './key-prefix.ts'
import { expectKnownNames, expectNamed, expectOneOf, invalidSetting } from './setting-rules.ts'

/** A prefix that only who shows a URL or cookie signed for CloudFront gets to. */
export interface Guard {
  /**
   * Public keys, in PEM (`BEGIN PUBLIC KEY`), of who signs: RSA with 2,048 bits or ECDSA with P-256, 1–5, so that one can be
   * replaced while the other still signs. An account has 10 of them (quota). The private ones stay with who signs.
   */
  readonly publicKeys: readonly string[]
  /**
   * What such a URL may ask. Default `open`: who signs a URL has named the size himself. `bounded` where cookies or
   * wildcards are signed, which leave the parameters to whoever holds them.
   */
  readonly access: 'open' | 'bounded'
}

/** What a deployment says of a guarded prefix. */
export interface GivenGuard extends Partial<Guard> {
  readonly publicKeys: readonly string[]
}

/** Guarded prefixes at most: each has a function of its own, and ten functions may read one store; the tenth is for the rest. */
const maxGuards = 9

/** Keys of a key group. Source of both: CloudFront developer guide, "Quotas". */
const maxKeys = 5

const guardDefaults: Guard = { publicKeys: [], access: 'open' }

/** Returns the guards by prefix, their keys in one spelling. */
export function readGuards(given: Readonly<Record<string, GivenGuard>>): Readonly<Record<string, Guard>> {
  expectNamed('cloudFrontSigned', given)
  const prefixes = Object.keys(given)
  if (prefixes.length > maxGuards) {
    throw invalidSetting('cloudFrontSigned', `at most ${maxGuards} prefixes`, prefixes)
  }
  prefixes.forEach(expectGuardedPrefix)
  const twin = prefixes.find((prefix, at) => prefixes.map(nameGuard).indexOf(nameGuard(prefix)) !== at)
  if (twin !== undefined) {
    throw invalidSetting('cloudFrontSigned', 'prefixes that differ by more than case and punctuation', twin)
  }
  return Object.fromEntries(
    Object.entries(given).map(([prefix, guard]) => [prefix, readGuard(prefix, guard)]),
  )
}

/** Returns the name of a guarded prefix in logical ids: `clients/acme-inc/` is `ClientsAcmeInc`. */
export function nameGuard(prefix: string): string {
  const words = prefix.split(/[^A-Za-z0-9]+/)
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join('')
}

/** Returns eight hex digits that tell a public key from others: of the sha256 of its DER. */
export function digestPublicKey(pem: string): string {
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(der).digest('hex').slice(0, 8).toUpperCase()
}

/** A whole folder, so that `private/` does not guard `private-views.jpg` as well, spelt so that a path pattern matches just it. */
function expectGuardedPrefix(prefix: string): void {
  expectKeyPrefix('cloudFrontSigned', prefix)
  if (!prefix.endsWith('/') || formatPathPattern(prefix) === undefined) {
    throw invalidSetting('cloudFrontSigned', 'prefixes of A-Za-z0-9._-/ that end with a slash', prefix)
  }
}

function readGuard(prefix: string, given: GivenGuard): Guard {
  const name = `cloudFrontSigned['${prefix}']`
  expectKnownNames(name, given, guardDefaults)
  const access = given.access ?? guardDefaults.access
  expectOneOf(`${name}.access`, access, ['open', 'bounded'])
  const pems: readonly unknown[] = Array.isArray(given.publicKeys) ? given.publicKeys : []
  const publicKeys = [...new Set(pems.map((pem, at) => readPublicKey(`${name}.publicKeys[${at}]`, pem)))]
  if (publicKeys.length === 0 || publicKeys.length > maxKeys) {
    throw invalidSetting(`${name}.publicKeys`, `1 to ${maxKeys} public keys`, publicKeys.length)
  }
  return { publicKeys, access }
}

/**
 * Returns the key in the one PEM that its DER has: CloudFront takes no change of a key, not even of its line ends.
 * Source of the kinds: CloudFront developer guide, "Specify signers that can create signed URLs and signed cookies".
 */
function readPublicKey(name: string, pem: unknown): string {
  // Security: never quoted, since it may be the private key, from which Node would derive the public one.
  const refuse = (received: string) =>
    invalidSetting(name, 'a public key of RSA 2048 or ECDSA P-256 in PEM (BEGIN PUBLIC KEY)', received)
  const text = String(pem).trim()
  const [, label] = /^-----BEGIN ([A-Z\d ]+)-----/.exec(text) ?? []
  if (label !== 'PUBLIC KEY') throw refuse(label ? `BEGIN ${label}` : 'no PEM')
  const key = parseKey(text)
  if (!key) throw refuse('one that cannot be read')
  const { asymmetricKeyType: type, asymmetricKeyDetails: { modulusLength, namedCurve } = {} } = key
  if (!(type === 'rsa' && modulusLength === 2048) && !(type === 'ec' && namedCurve === 'prime256v1')) {
    throw refuse(`${type} ${modulusLength ?? namedCurve ?? ''}`.trim())
  }
  return String(key.export({ type: 'spki', format: 'pem' }))
}

function parseKey(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem)
  } catch {
    return undefined
  }
}
