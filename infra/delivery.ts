import { Annotations, Duration, Validations } from 'aws-cdk-lib'
import {
  CfnDistribution,
  Distribution,
  type ErrorResponse,
  HttpVersion,
  type IFunction,
  type IOrigin,
  PriceClass,
  SecurityPolicyProtocol,
} from 'aws-cdk-lib/aws-cloudfront'
import { FunctionUrlOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import type { IFunctionUrl } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { createBehaviours } from './behaviours.ts'
import type { GuardParts } from './guards.ts'
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

/** Returns the distribution: edge functions, cache, Origin Shield, Function URL. */
export function createDistribution(
  scope: Construct,
  settings: Settings,
  functionUrl: IFunctionUrl,
  viewerFunction: IFunction,
  guards: readonly GuardParts[],
): Distribution {
  const origin = createOrigin(settings, functionUrl)
  const distribution = new Distribution(scope, 'Distribution', {
    comment: 'Fovea',
    ...createBehaviours(scope, settings, origin, viewerFunction, guards),
    httpVersion: HttpVersion.HTTP2_AND_3,
    enableIpv6: true,
    priceClass: PriceClass.PRICE_CLASS_100,
    // For *.cloudfront.net CloudFront sets the policy itself; said here for the day a certificate is added, since the CDK's
    // default is older.
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    errorResponses: errorResponses,
    publishAdditionalMetrics: true,
  })
  Annotations.of(distribution).acknowledgeWarning(
    '@aws-cdk/aws-cloudfront:minimumProtocolVersionWithoutCertificate',
    'meant for deployments with a certificate',
  )
  acknowledgeRules(distribution)
  addCacheTags(distribution)
  return distribution
}

/** The Function URL as an origin. It writes both invocation permissions that Origin Access Control needs. */
function createOrigin(settings: Settings, functionUrl: IFunctionUrl): IOrigin {
  return FunctionUrlOrigin.withOriginAccessControl(functionUrl, {
    // More would run a Lambda that timed out again, up to three times, each to its end.
    connectionAttempts: 1,
    connectionTimeout: Duration.seconds(connectionSeconds),
    readTimeout: Duration.seconds(planReadTimeout(settings.timeoutSeconds)),
    originShieldRegion: settings.originShieldRegion,
  })
}

/** Seconds that CloudFront waits for an answer of a Lambda with this timeout: after them no render can come into the cache. */
export function planReadTimeout(timeoutSeconds: number): number {
  return timeoutSeconds + coldStartSeconds + networkSeconds
}

/** What cdk-nag's AwsSolutions rules find here, and why it stays. */
function acknowledgeRules(distribution: Distribution): void {
  Validations.of(distribution).acknowledge(
    {
      id: 'AwsSolutions-CFR1',
      reason: 'Images of public pages; who may not see them is for a deployment to say, not for all of them.',
    },
    { id: 'AwsSolutions-CFR2', reason: 'WAF is not part of this stack yet.' },
    {
      id: 'AwsSolutions-CFR3',
      reason: 'Access logs, and a bucket for them, are not part of this stack yet.',
    },
    {
      id: 'AwsSolutions-CFR4',
      reason:
        'CloudFront fixes the TLS policy of its default certificate; one of your own gets TLSv1.2_2021.',
    },
  )
}

/** Cache tags have no property on the CDK's Distribution yet (2.276): purging an original removes all its variants. */
function addCacheTags(distribution: Distribution): void {
  const resource = distribution.node.defaultChild
  if (!(resource instanceof CfnDistribution))
    throw new Error('expected a CfnDistribution inside the Distribution')
  resource.addPropertyOverride('DistributionConfig.CacheTagConfig', { HeaderName: cacheTagHeader })
}
