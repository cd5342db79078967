import type { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53'
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets'
import { Construct } from 'constructs'
import type { Delivery } from './delivery-settings.ts'

/** Points the distribution's names to it, in the settings' hosted zone; does nothing without one. */
export function createDomainRecords(scope: Construct, delivery: Delivery, distribution: Distribution): void {
  const { domainNames, hostedZone, ipv6 } = delivery
  if (!hostedZone) return
  const records = new Construct(scope, 'Records')
  const zone = HostedZone.fromHostedZoneAttributes(records, 'Zone', {
    hostedZoneId: hostedZone.id,
    zoneName: hostedZone.name,
  })
  const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution))
  for (const domainName of domainNames) {
    const own = new Construct(records, domainName)
    // The dot says that the name is whole: without it a name outside the zone would be taken for one within.
    const record = { zone, target, recordName: `${domainName}.` }
    new ARecord(own, 'IPv4', record)
    if (ipv6) new AaaaRecord(own, 'IPv6', record)
  }
}
