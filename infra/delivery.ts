import { Annotations, Duration, Validations } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  CfnDistribution,
  Distribution,
  type ErrorResponse,
  GeoRestriction,
  HttpVersion,
  type IOrigin,
  PriceClass,
  SecurityPolicyProtocol,
} from 'aws-cdk-lib/aws-cloudfront'
import { FunctionUrlOrigin, OriginGroup } from 'aws-cdk-lib/aws-cloudfront-origins'
import type { IFunctionUrl } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { Behaviours } from './behaviours.ts'
import { tagPart } from './cost-tags.ts'
import type { Delivery } from './delivery-settings.ts'
import type { SecondRegionParts } from './second-region.ts'
import type { Settings } from './settings.ts'

/** The transformer's answer header that lists an object's cache tags, comma-separated. */
export const cacheTagHeader = 'x-fovea-tags'

/** Seconds a cold start may take beyond the Lambda's own timeout, which does not count it: the init phase ends at 10 s. */
const coldStartSeconds = 10

/** Seconds between the Lambda's last moment and CloudFront's patience, so that it is the Lambda that gives up. */
const networkSeconds = 5

/** Seconds to wait for a connection: room for one lost packet that is sent again after 1 s. */
const connectionSeconds = 2

/**
 * Our own trouble, remembered 1 s instead of CloudFront's default 10: over as soon as it is over. Not 0, so that a burst on a
 * broken origin is still one request a second and edge.
 */
const errorResponses: ErrorResponse[] = [500, 502, 503, 504].map((httpStatus) => ({
  httpStatus,
  ttl: Duration.seconds(1),
}))

const priceClasses = {
  100: PriceClass.PRICE_CLASS_100,
  200: PriceClass.PRICE_CLASS_200,
  all: PriceClass.PRICE_CLASS_ALL,
} as const

/** Returns the distribution: edge functions, cache, Origin Shield, Function URL. */
export function createDistribution(
  scope: Construct,
  { delivery }: Settings,
  behaviours: Behaviours,
  webAclId: string | undefined,
): Distribution {
  const { certificateArn, domainNames } = delivery
  const distribution = new Distribution(scope, 'Distribution', {
    comment: 'Fovea',
    ...behaviours,
    httpVersion: HttpVersion.HTTP2_AND_3,
    enableIpv6: delivery.ipv6,
    priceClass: priceClasses[delivery.priceClass],
    // For *.cloudfront.net CloudFront sets the policy itself; said here for names of one's own, since the CDK's default is older.
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    domainNames: domainNames.length > 0 ? [...domainNames] : undefined,
    certificate: certificateArn
      ? Certificate.fromCertificateArn(scope, 'Certificate', certificateArn)
      : undefined,
    geoRestriction: restrictCountries(delivery),
    webAclId,
    errorResponses: errorResponses,
    publishAdditionalMetrics: true,
  })
  if (!certificateArn) {
    Annotations.of(distribution).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront:minimumProtocolVersionWithoutCertificate',
      'meant for deployments with a certificate',
    )
  }
  acknowledgeRules(distribution, delivery, webAclId !== undefined)
  addCacheTags(distribution)
  tagPart('delivery', distribution)
  return distribution
}

function restrictCountries({ countries }: Delivery): GeoRestriction | undefined {
  if (countries?.allow) return GeoRestriction.allowlist(...countries.allow)
  return countries?.deny && GeoRestriction.denylist(...countries.deny)
}

/**
 * Statuses of the first region that have CloudFront ask the second: crashes and throttling. Not 415, which is what the original is
 * to blame for and would be as hard on the second; not 403 and 404, which are answers.
 */
const failoverStatuses = [429, 500, 502, 503, 504]

/**
 * The Function URL as an origin, and that of the second region behind it where there is one. The first writes both invocation
 * permissions that Origin Access Control needs; those of the second are {@link allowSecondRegion}'s, as the CDK would write them
 * into this stack, from where no function of another region can be named.
 */
export function createOrigin(
  settings: Settings,
  functionUrl: IFunctionUrl,
  second: SecondRegionParts | undefined,
): IOrigin {
  const options = {
    // More would run a Lambda that timed out again, up to three times, each to its end.
    connectionAttempts: 1,
    connectionTimeout: Duration.seconds(connectionSeconds),
    readTimeout: Duration.seconds(planReadTimeout(settings.compute.timeoutSeconds)),
  }
  const primaryOrigin = FunctionUrlOrigin.withOriginAccessControl(functionUrl, {
    ...options,
    originShieldRegion: settings.originShieldRegion,
  })
  if (!second) return primaryOrigin
  const fallbackOrigin = new FunctionUrlOrigin(second.functionUrl, {
    ...options,
    originShieldRegion: second.settings.originShieldRegion,
    originAccessControlId: second.accessControl.originAccessControlId,
  })
  return new OriginGroup({ primaryOrigin, fallbackOrigin, fallbackStatusCodes: failoverStatuses })
}

/** Seconds that CloudFront waits for an answer of a Lambda with this timeout: after them no render can come into the cache. */
export function planReadTimeout(timeoutSeconds: number): number {
  return timeoutSeconds + coldStartSeconds + networkSeconds
}

/** What cdk-nag's AwsSolutions rules find here, and why it stays. */
function acknowledgeRules(distribution: Distribution, delivery: Delivery, guarded: boolean): void {
  const acknowledge = (rule: string, reason: string) =>
    Validations.of(distribution).acknowledge({ id: `AwsSolutions-${rule}`, reason })
  if (!delivery.countries) {
    acknowledge('CFR1', 'Images of public pages; the setting delivery.countries says who may not see them.')
  }
  if (!guarded) {
    acknowledge('CFR2', 'A web ACL is billed by request, hits too; the setting protection.waf adds one.')
  }
  acknowledge(
    'CFR3',
    'Access logs go to a log group by standard logging v2 (setting monitoring.accessLogs), which the rule does not know.',
  )
  if (!delivery.certificateArn) {
    acknowledge(
      'CFR4',
      'CloudFront fixes the TLS policy of its default certificate; one of your own (delivery.certificateArn) gets TLSv1.2_2021.',
    )
  }
}

/** Cache tags have no property on the CDK's Distribution yet (2.276): purging an original removes all its variants. */
export function addCacheTags(distribution: Distribution): void {
  const resource = distribution.node.defaultChild
  if (!(resource instanceof CfnDistribution))
    throw new Error('expected a CfnDistribution inside the Distribution')
  resource.addPropertyOverride('DistributionConfig.CacheTagConfig', { HeaderName: cacheTagHeader })
}
