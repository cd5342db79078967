import { Duration } from 'aws-cdk-lib'
import {
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
} from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'

/**
 * Returns the cache policy: the canonical URL is the whole key, and the transformer's Cache-Control decides how long.
 * `isCompressed` where CloudFront compresses: what the viewer can unpack is then a part of the key.
 */
export function createCachePolicy(scope: Construct, isCompressed: boolean): CachePolicy {
  return new CachePolicy(scope, isCompressed ? 'CompressedCachePolicy' : 'CachePolicy', {
    comment: `Fovea: the canonical URL is the cache key${isCompressed ? ', with Accept-Encoding' : ''}`,
    // With a minimum above 0 CloudFront would keep even `no-store`. With 0, "CloudFront won't cache compressed content", says
    // a copy of the guide's page on compression, and others do not: 1 s is right by both, and our own trouble is kept as long
    // in any case.
    minTtl: Duration.seconds(isCompressed ? 1 : 0),
    // For an answer without Cache-Control, which is never one of the transformer's own.
    defaultTtl: Duration.seconds(60),
    // Also the cap of stale-while-revalidate and stale-if-error.
    maxTtl: Duration.days(365),
    // All of them, because the edge function has written the one canonical spelling; an allow-list ends at ten names.
    queryStringBehavior: CacheQueryStringBehavior.all(),
    headerBehavior: CacheHeaderBehavior.none(),
    cookieBehavior: CacheCookieBehavior.none(),
    // Pixels do not compress again, and either flag would put Accept-Encoding into the key.
    enableAcceptEncodingGzip: isCompressed,
    enableAcceptEncodingBrotli: isCompressed,
  })
}

/**
 * Returns the origin request policy: it exists so that CloudFront works out the device headers, which the edge function sees
 * only when a policy lists them; here, unlike in the cache policy, they do not split the cache.
 * Never `Host`: a Function URL answers 403 to any name but its own.
 */
export function createOriginRequestPolicy(scope: Construct): OriginRequestPolicy {
  return new OriginRequestPolicy(scope, 'OriginRequestPolicy', {
    comment: 'Fovea: device class for width=auto',
    headerBehavior: OriginRequestHeaderBehavior.allowList(
      'CloudFront-Is-Mobile-Viewer',
      'CloudFront-Is-Tablet-Viewer',
      'CloudFront-Is-Desktop-Viewer',
    ),
    // What is in the cache key goes to the origin anyway.
    queryStringBehavior: OriginRequestQueryStringBehavior.none(),
    cookieBehavior: OriginRequestCookieBehavior.none(),
  })
}
