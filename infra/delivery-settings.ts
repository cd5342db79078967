import { domainToASCII } from 'node:url'
import { expectBoolean, expectKnownNames, expectOneOf, fillIn, invalidSetting } from './setting-rules.ts'

/** A hosted zone of Route 53's. */
export interface HostedZone {
  /** Its id, `Z…`. */
  readonly id: string
  /** The domain that it is for: `example.com`. */
  readonly name: string
}

/** Countries by their codes of ISO 3166-1 alpha-2 (`DE`), of which either those named or all others are served. */
export type Countries =
  | { readonly allow: readonly string[]; readonly deny?: undefined }
  | { readonly deny: readonly string[]; readonly allow?: undefined }

/** The distribution that viewers talk to. */
export interface Delivery {
  /** Names it answers to besides its own, `images.example.com`; a wildcard is `*.example.com`. Default none. They need a certificate. */
  readonly domainNames: readonly string[]
  /** ARN of the certificate for those names, in us-east-1, where CloudFront looks for it. Default undefined: none. */
  readonly certificateArn: string | undefined
  /** Where the names' records are written, A and AAAA. Default undefined: nowhere, they point to the distribution otherwise. */
  readonly hostedZone: HostedZone | undefined
  /**
   * Where CloudFront serves from: `100` North America, Europe and Israel; `200` also Asia, the Middle East and Africa; `all`.
   * Default `100`, the cheapest: viewers elsewhere are served from there, only from further away.
   */
  readonly priceClass: '100' | '200' | 'all'
  /** Countries whose viewers are served, or not, by their addresses; others get 403. Default undefined: all are. */
  readonly countries: Countries | undefined
  /** Whether viewers may come over IPv6. Default true; false where policies of signed URLs name IPv4 addresses. */
  readonly ipv6: boolean
}

const deliveryDefaults: Delivery = {
  domainNames: [],
  certificateArn: undefined,
  hostedZone: undefined,
  priceClass: '100',
  countries: undefined,
  ipv6: true,
}

/** Labels in ASCII, at least two, the first perhaps a wildcard. */
const DOMAIN_NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/

const CERTIFICATE_ARN = /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[A-Za-z0-9-]+$/

/** Returns the settings of the distribution, complete, names in lower case and ASCII. */
export function readDelivery(given: Partial<Delivery> = {}): Delivery {
  const filled = fillIn('delivery', deliveryDefaults, given)
  if (!Array.isArray(filled.domainNames)) {
    throw invalidSetting('delivery.domainNames', 'a list of names', filled.domainNames)
  }
  const delivery = { ...filled, domainNames: [...new Set(filled.domainNames.map(readDomainName))] }
  expectOneOf('delivery.priceClass', delivery.priceClass, ['100', '200', 'all'])
  expectBoolean('delivery.ipv6', delivery.ipv6)
  expectCertificate(delivery)
  if (delivery.hostedZone !== undefined) expectHostedZone(delivery.hostedZone, delivery.domainNames)
  if (delivery.countries !== undefined) expectCountries(delivery.countries)
  return delivery
}

function readDomainName(given: unknown): string {
  const [, wildcard = '', name = ''] = /^(\*\.)?(.*)$/s.exec(String(given)) ?? []
  const domain = wildcard + domainToASCII(name)
  if (/[\s/?#\\%:@*]/.test(name) || !DOMAIN_NAME.test(domain)) {
    throw invalidSetting('delivery.domainNames', 'names of hosts, without scheme, port and path,', given)
  }
  return domain
}

/** CloudFront takes neither without the other. */
function expectCertificate({ domainNames, certificateArn }: Delivery): void {
  if (certificateArn === undefined) {
    if (domainNames.length === 0) return
    throw invalidSetting(
      'delivery.certificateArn',
      `a certificate for ${domainNames.join(', ')}`,
      certificateArn,
    )
  }
  if (!CERTIFICATE_ARN.test(String(certificateArn))) {
    throw invalidSetting('delivery.certificateArn', 'the ARN of a certificate in us-east-1', certificateArn)
  }
  if (domainNames.length === 0) {
    throw invalidSetting('delivery.domainNames', 'the names that the certificate is for', domainNames)
  }
}

function expectHostedZone(zone: HostedZone, domainNames: readonly string[]): void {
  expectKnownNames('delivery.hostedZone', zone, { id: '', name: '' })
  if (!/^Z[A-Z0-9]+$/.test(String(zone.id))) {
    throw invalidSetting('delivery.hostedZone.id', 'the id of a hosted zone, Z…,', zone.id)
  }
  const outside = domainNames.find((name) => name !== zone.name && !name.endsWith(`.${zone.name}`))
  if (domainNames.length === 0 || outside !== undefined) {
    throw invalidSetting(
      'delivery.hostedZone.name',
      `the zone of ${outside ?? 'some domainNames'}`,
      zone.name,
    )
  }
}

function expectCountries(countries: Countries): void {
  expectKnownNames('delivery.countries', countries, { allow: [], deny: [] })
  const [codes, ...others] = [countries.allow, countries.deny].filter((list) => list !== undefined)
  const fits =
    Array.isArray(codes) && codes.length > 0 && codes.every((code) => /^[A-Z]{2}$/.test(String(code)))
  if (!fits || others.length > 0) {
    throw invalidSetting('delivery.countries', 'either allow or deny, a list of codes such as DE,', countries)
  }
}
