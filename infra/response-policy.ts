import { Duration } from 'aws-cdk-lib'
import { ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'

/**
 * Returns the headers every answer gets on its way to the viewer.
 * No CORS here: CloudFront would add it only to requests that carry Origin, and an image a browser cached without it fails for
 * `crossorigin` later; the transformer writes `access-control-allow-origin` on every answer itself.
 */
export function createResponseHeadersPolicy(scope: Construct): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, 'ResponseHeadersPolicy', {
    comment: 'Fovea: an image is only ever an image',
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
      contentSecurityPolicy: {
        contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        override: true,
      },
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
      ],
    },
  })
}
