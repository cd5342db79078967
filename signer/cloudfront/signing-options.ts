import { createPrivateKey, type KeyObject } from 'node:crypto'
import { invalidArgument } from '../invalid-argument.ts'

/** Who signs for CloudFront, and until when. */
export interface CloudFrontSigningOptions {
  /** Id of the public key, one of the key group that the behaviour trusts. */
  keyPairId: string
  /** Its private half in PEM: RSA of 2048 bits, or ECDSA on P-256. */
  privateKey: string
  /** Of the private key, where it is encrypted. */
  passphrase?: string
  /** The end, to the nearest second. Not in the past. */
  expiresAt: Date
  /** The start. Default: at once. */
  startsAt?: Date
  /**
   * Viewers' addresses, IPv4 as `203.0.113.0/24` or a single one. Default: all. Whoever comes over IPv6 is refused, so the distribution
   * should not be reachable that way: setting `delivery.ipv6`.
   */
  ipRange?: string
  /** Default `SHA256`. CloudFront takes `SHA1` too, which its own examples use. */
  algorithm?: 'SHA1' | 'SHA256'
  /** The clock, in epoch milliseconds. Default: the wall clock. */
  now?: () => number
}

/** Bits of an RSA key. Source: CloudFront developer guide, "Specify signers": SSH-2 RSA 2048 or ECDSA 256. */
const rsaBits = 2048

/** Seconds since the epoch that CloudFront takes at most, in the year 2262. What is later was meant in another unit. */
const maxEpochSeconds = 9_223_372_036
/** September 2001: a Date of seconds, in place of milliseconds, is long before it. */
const minEpochSeconds = 1_000_000_000

/**
 * The key and what goes with it, checked: the library signs with any key and writes any address.
 *
 * @throws Error `expected X for NAME but received Y`, without the key.
 */
export function readSigner(options: CloudFrontSigningOptions) {
  const { keyPairId, privateKey, passphrase, expiresAt, startsAt, ipRange, algorithm = 'SHA256' } = options
  // The library leaves out an id that is undefined, as that of a variable which is not set.
  if (typeof keyPairId !== 'string' || !/^\w+$/.test(keyPairId))
    throw invalidArgument('keyPairId', 'the id of a public key', keyPairId)
  checkPrivateKey(privateKey, passphrase)
  if (algorithm !== 'SHA1' && algorithm !== 'SHA256') {
    throw invalidArgument('algorithm', 'SHA1 or SHA256', algorithm)
  }
  const endsAtSeconds = readSeconds('expiresAt', expiresAt)
  const { now = Date.now } = options
  if (endsAtSeconds * 1000 <= now()) {
    throw invalidArgument('expiresAt', 'a Date in the future', expiresAt.toISOString())
  }
  const startsAtSeconds = startsAt === undefined ? undefined : readSeconds('startsAt', startsAt)
  if (startsAtSeconds !== undefined && startsAtSeconds >= endsAtSeconds) {
    throw invalidArgument('startsAt', 'a Date before expiresAt', startsAt?.toISOString())
  }
  return {
    signer: { keyPairId, privateKey, passphrase, algorithm },
    window: { endsAtSeconds, startsAtSeconds, range: ipRange === undefined ? undefined : readRange(ipRange) },
  }
}

/** What a policy says beside its resource. */
export type PolicyWindow = ReturnType<typeof readSigner>['window']

/** A custom policy, without a space: some viewers send cookies and URLs that hold one in another spelling. */
export function formatPolicy(
  resource: string,
  { endsAtSeconds, startsAtSeconds, range }: PolicyWindow,
): string {
  const condition = {
    DateLessThan: { 'AWS:EpochTime': endsAtSeconds },
    DateGreaterThan: startsAtSeconds === undefined ? undefined : { 'AWS:EpochTime': startsAtSeconds },
    IpAddress: range === undefined ? undefined : { 'AWS:SourceIp': range },
  }
  return JSON.stringify({ Statement: [{ Resource: resource, Condition: condition }] })
}

function checkPrivateKey(key: string, passphrase: string | undefined): void {
  const expected = 'an RSA key of 2048 bits or an ECDSA key on P-256, in PEM,'
  let read: KeyObject
  try {
    read = createPrivateKey({ key, passphrase })
  } catch {
    // Security: what OpenSSL says may quote the key.
    throw new Error(`expected ${expected} for privateKey but received what cannot be read as one`)
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = read
  const known =
    (type === 'rsa' && details?.modulusLength === rsaBits) ||
    (type === 'ec' && details?.namedCurve === 'prime256v1')
  const received = `${type} ${details?.modulusLength ?? details?.namedCurve ?? ''}`.trim()
  if (!known) throw invalidArgument('privateKey', expected, received)
}

function readSeconds(name: string, date: Date): number {
  const seconds = date instanceof Date ? Math.round(date.getTime() / 1000) : Number.NaN
  if (seconds >= minEpochSeconds && seconds <= maxEpochSeconds) return seconds
  const received = Number.isNaN(seconds) ? date : date.toISOString()
  throw invalidArgument(name, 'a Date from 2001 to 2262, of milliseconds,', received)
}

/** CloudFront takes IPv4 alone, and one address as a range of `/32`. */
function readRange(range: string): string {
  const [, address = '', bits = '32'] = /^((?:\d{1,3}\.){3}\d{1,3})(?:\/(\d{1,2}))?$/.exec(range) ?? []
  if (address !== '' && address.split('.').every((byte) => Number(byte) < 256) && Number(bits) <= 32) {
    return `${address}/${bits}`
  }
  throw invalidArgument('ipRange', 'an IPv4 address or range such as 203.0.113.0/24', range)
}
