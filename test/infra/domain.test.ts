import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Match, type Template } from 'aws-cdk-lib/assertions'
import { defineSettings, type GivenSettings } from '../../infra/settings.ts'
import { testRefused } from './refused-settings.ts'
import { synthesize } from './stand-in.ts'

const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/0d9ba4f6-0c1d-4f3e-9d5c-2b6a5a0f2f10'
const hostedZone = { id: 'Z0123456789', name: 'example.com' }
const named = { domainNames: ['images.example.com'], certificateArn }

function synthesizeDelivery(delivery: GivenSettings['delivery']): Template {
  return synthesize({ settings: defineSettings({ delivery }) })
}

function hasDistributionConfig(template: Template, config: Record<string, unknown>): void {
  template.hasResourceProperties('AWS::CloudFront::Distribution', { DistributionConfig: config })
}

suite('delivery settings', () => {
  testRefused('delivery', [
    [{ domainNames: 'a.example.com' }, /a list of names for delivery.domainNames/],
    [{ ...named, domainNames: ['https://a.example.com'] }, /without scheme, port and path/],
    [{ ...named, domainNames: ['localhost'] }, /for delivery.domainNames but received 'localhost'/],
    [{ ...named, domainNames: ['a.*.example.com'] }, /for delivery.domainNames/],
    [{ domainNames: ['a.example.com'] }, /a certificate for a.example.com for delivery.certificateArn/],
    [{ certificateArn }, /the names that the certificate is for for delivery.domainNames/],
    [
      { ...named, certificateArn: certificateArn.replace('us-east-1', 'eu-west-1') },
      /a certificate in us-east-1 for delivery.certificateArn/,
    ],
    [{ ...named, hostedZone: { id: 'example', name: 'example.com' } }, /for delivery.hostedZone.id/],
    [
      { ...named, hostedZone: { ...hostedZone, name: 'example.org' } },
      /the zone of images.example.com for delivery.hostedZone.name/,
    ],
    [{ hostedZone }, /the zone of some domainNames for delivery.hostedZone.name/],
    [{ priceClass: 100 }, /one of 100, 200, all for delivery.priceClass but received 100/],
    [{ ipv6: 0 }, /true or false for delivery.ipv6/],
    [{ countries: { allow: ['Germany'] } }, /either allow or deny.* for delivery.countries/],
    [{ countries: { allow: ['DE'], deny: ['FR'] } }, /either allow or deny/],
    [{ countries: {} }, /either allow or deny/],
  ])

  test('have names in lower case, in ASCII and once', () => {
    const domainNames = ['Images.Example.com', 'images.example.com', '*.bücher.example']
    assert.deepEqual(defineSettings({ delivery: { domainNames, certificateArn } }).delivery.domainNames, [
      'images.example.com',
      '*.xn--bcher-kva.example',
    ])
  })
})

suite('names of one’s own', () => {
  test('have their certificate, by SNI, from TLS 1.2 of 2021 on', () => {
    hasDistributionConfig(synthesizeDelivery(named), {
      Aliases: ['images.example.com'],
      ViewerCertificate: {
        AcmCertificateArn: certificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    })
  })

  test('have records of both kinds of addresses, where there is a zone', () => {
    const template = synthesizeDelivery({ ...named, hostedZone })
    for (const Type of ['A', 'AAAA']) {
      template.hasResourceProperties('AWS::Route53::RecordSet', {
        Type,
        Name: 'images.example.com.',
        HostedZoneId: 'Z0123456789',
        AliasTarget: {
          DNSName: { 'Fn::GetAtt': [Match.stringLikeRegexp('Distribution'), 'DomainName'] },
        },
      })
    }
    template.resourceCountIs('AWS::Route53::RecordSet', 2)
    synthesizeDelivery(named).resourceCountIs('AWS::Route53::RecordSet', 0)
  })

  test('have no address of IPv6 where the distribution has none', () => {
    const template = synthesizeDelivery({ ...named, hostedZone, ipv6: false })
    template.resourceCountIs('AWS::Route53::RecordSet', 1)
    hasDistributionConfig(template, { IPV6Enabled: false })
  })

  test('are none unless given', () => {
    hasDistributionConfig(synthesize(), { Aliases: Match.absent(), ViewerCertificate: Match.absent() })
  })
})

suite('where viewers are', () => {
  for (const [priceClass, expected] of [
    ['100', 'PriceClass_100'],
    ['200', 'PriceClass_200'],
    ['all', 'PriceClass_All'],
  ] as const) {
    test(`is served by ${expected} where priceClass is ${priceClass}`, () => {
      hasDistributionConfig(synthesizeDelivery({ priceClass }), { PriceClass: expected })
    })
  }

  for (const [countries, RestrictionType] of [
    [{ allow: ['DE', 'AT'] }, 'whitelist'],
    [{ deny: ['DE', 'AT'] }, 'blacklist'],
  ] as const) {
    test(`is a ${RestrictionType} where countries are ${JSON.stringify(countries)}`, () => {
      hasDistributionConfig(synthesizeDelivery({ countries }), {
        Restrictions: { GeoRestriction: { RestrictionType, Locations: ['DE', 'AT'] } },
      })
    })
  }

  test('does not matter unless said', () => {
    hasDistributionConfig(synthesize(), { Restrictions: Match.absent() })
  })
})
