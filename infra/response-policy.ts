import { Duration } from 'aws-cdk-lib'
import { ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import { contentSecurityPolicy } from '../grammar/answer-headers.ts'

/**
 * What browsers may do with what not everyone may have: keep it for as long as one stays on a page, 5 minutes, so that it is
 * gone soon after the right to it. CloudFront itself keeps it as long as the transformer says, and asks for that right at
 * every request. It stands on errors too, which a browser may then keep as long: a policy does not know the status.
 */
const privateCacheControl = 'private, max-age=300'

/**
 * Returns the headers every answer gets on its way to the viewer; `isPrivate` where not everyone may have it.
 * No CORS here: CloudFront would add it only to requests that carry Origin, and an image a browser cached without it fails for
 * `crossorigin` later; the transformer writes `access-control-allow-origin` on every answer itself.
 */
export function createResponseHeadersPolicy(scope: Construct, isPrivate: boolean): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(
    scope,
    isPrivate ? 'PrivateResponseHeadersPolicy' : 'ResponseHeadersPolicy',
    {
      comment: `Fovea: an image is only ever an image${isPrivate ? ', and of its viewer alone' : ''}`,
      securityHeadersBehavior: {
        // Without subdomains and preload: those bind names that are not this deployment's to bind.
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: false,
          preload: false,
          override: true,
        },
        contentTypeOptions: { override: true },
        // Security: an answer opened as a page, an SVG above all, runs no script and has no origin.
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
      },
      customHeadersBehavior: {
        customHeaders: [
          // Images are made to be embedded, also by pages that isolate themselves (COEP).
          { header: 'Cross-Origin-Resource-Policy', value: 'cross-origin', override: true },
          // Lets pages measure their images: size, protocol, Server-Timing.
          { header: 'Timing-Allow-Origin', value: '*', override: true },
          {
            header: 'Accept-CH',
            value: 'Sec-CH-DPR, Sec-CH-Width, Sec-CH-Viewport-Width, Save-Data, ECT',
            override: true,
          },
          ...(isPrivate ? [{ header: 'Cache-Control', value: privateCacheControl, override: true }] : []),
        ],
      },
    },
  )
}
