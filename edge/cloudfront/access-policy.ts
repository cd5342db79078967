import { BlockList, isIPv4 } from 'node:net'

// Sentences in quotes are the CloudFront developer guide's, "Create a signed URL using a custom policy".

/** What a signed policy allows. */
export interface AccessPolicy {
  /** URL with wildcards; undefined: every URL of every distribution that trusts the key. */
  resource?: string
  /** Seconds since the epoch, as the next. */
  endsAt: number
  startsAt?: number
  /** Addresses of viewers; undefined: all. */
  range?: BlockList
}

/** The text that the signer of a canned policy has signed: the viewer does not send it. */
export function formatCannedPolicy(resource: string, expires: string): string {
  return `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`
}

/** A custom policy; undefined where it is none that CloudFront takes. */
export function readAccessPolicy(text: string): AccessPolicy | undefined {
  // "You can include only one statement in the policy."
  const [statement, ...others] = toList(toFields(parseJson(text)).Statement)
  const { Resource: resource, Condition: condition } = toFields(statement)
  const { DateLessThan, DateGreaterThan, IpAddress, ...unknown } = toFields(condition)
  // A condition that is not known is a restriction that would be lost, so it is no policy.
  if (others.length > 0 || Object.keys(unknown).length > 0) return undefined
  const endsAt = readEpochTime(toFields(DateLessThan)['AWS:EpochTime'])
  const startsAt = readEpochTime(toFields(DateGreaterThan)['AWS:EpochTime'])
  const range = readRange(toFields(IpAddress)['AWS:SourceIp'])
  // "This is the only required parameter in the Condition section."
  if (endsAt === undefined) return undefined
  if (DateGreaterThan !== undefined && startsAt === undefined) return undefined
  if (IpAddress !== undefined && range === undefined) return undefined
  if (resource !== undefined && typeof resource !== 'string') return undefined
  return { resource, endsAt, startsAt, range }
}

/**
 * Seconds that CloudFront takes at most: "a date that's no later than" what nanoseconds since the epoch in 64 bits can
 * say, in the year 2262. Milliseconds, which are often given by mistake, are more.
 */
const maxEpochSeconds = 9_223_372_036

/** Seconds since the epoch; undefined for anything else: "Do not enclose the value in quotation marks." */
export function readEpochTime(value: unknown): number | undefined {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= maxEpochSeconds
    ? Number(value)
    : undefined
}

/** "IP address ranges in standard IPv4 CIDR format"; one address is a range of `/32`. IPv6 is "not supported". */
function readRange(value: unknown): BlockList | undefined {
  if (typeof value !== 'string') return undefined
  const [, address = '', bits] = /^([\d.]+)\/(\d{1,2})$/.exec(value) ?? []
  if (!isIPv4(address) || Number(bits) > 32) return undefined
  const range = new BlockList()
  range.addSubnet(address, Number(bits), 'ipv4')
  return range
}

/** Whether the policy holds at `nowMs`, milliseconds since the epoch: neither at its end nor at its start. */
export function coversTime({ endsAt, startsAt }: AccessPolicy, nowMs: number): boolean {
  // "Users are not allowed to access the file on or before the specified date and time."
  return nowMs < endsAt * 1000 && (startsAt === undefined || nowMs > startsAt * 1000)
}

/** Whether the policy allows a viewer at `ip`; one with an address of IPv6 only where no range is given. */
export function coversAddress({ range }: AccessPolicy, ip: string): boolean {
  // A socket that takes both kinds writes an address of IPv4 so.
  const address = ip.replace(/^::ffff:/i, '')
  return range === undefined || (isIPv4(address) && range.check(address, 'ipv4'))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The members of an object; none of anything else. */
function toFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
