import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Match, type Template } from 'aws-cdk-lib/assertions'
import { defineSettings } from '../../infra/settings.ts'
import { propertiesOf, synthesize } from './stand-in.ts'

/** Asserts on the distribution's configuration. */
function hasDistributionConfig(template: Template, config: Record<string, unknown>): void {
  template.hasResourceProperties('AWS::CloudFront::Distribution', { DistributionConfig: config })
}

suite('the function URL', () => {
  test('is on the function, buffered and only for signed calls', () => {
    synthesize().hasResourceProperties('AWS::Lambda::Url', {
      AuthType: 'AWS_IAM',
      InvokeMode: 'BUFFERED',
      TargetFunctionArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('PipelineTransformer'), 'Arn'] },
      Qualifier: Match.absent(),
      Cors: Match.absent(),
    })
  })

  test('may be called by this distribution, with each of the two permissions once', () => {
    const permissions = Object.values(
      synthesize().findResources('AWS::Lambda::Permission', {
        Properties: {
          FunctionName: { 'Fn::GetAtt': Match.arrayWith([Match.stringLikeRegexp('Transformer')]) },
        },
      }),
    )
    assert.deepEqual(permissions.map((permission) => permission.Properties.Action).sort(), [
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
    ])
    for (const { Properties } of permissions) {
      assert.equal(Properties.Principal, 'cloudfront.amazonaws.com')
      assert.match(JSON.stringify(Properties.SourceArn), /:distribution\/",\{"Ref":"PipelineDistribution/)
    }
  })

  test('is signed for by one origin access control', () => {
    const template = synthesize()
    template.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1)
    template.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: {
        OriginAccessControlOriginType: 'lambda',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    })
    hasDistributionConfig(template, {
      Origins: [
        { OriginAccessControlId: { 'Fn::GetAtt': [Match.stringLikeRegexp('OriginAccessControl'), 'Id'] } },
      ],
    })
  })
})

suite('the origin', () => {
  test('is tried once, behind Origin Shield, and outwaits the Lambda and its cold start', () => {
    hasDistributionConfig(synthesize(), {
      Origins: [
        Match.objectLike({
          ConnectionAttempts: 1,
          ConnectionTimeout: 2,
          OriginShield: { Enabled: true, OriginShieldRegion: 'us-east-1' },
          CustomOriginConfig: {
            OriginProtocolPolicy: 'https-only',
            OriginSSLProtocols: ['TLSv1.2'],
            OriginReadTimeout: 25,
          },
        }),
      ],
    })
  })

  test('follows the settings, and the longest timeout still fits what CloudFront waits', () => {
    const settings = defineSettings({ region: 'eu-north-1', compute: { timeoutSeconds: 100 } })
    hasDistributionConfig(synthesize({ settings }), {
      Origins: [
        Match.objectLike({
          OriginShield: { Enabled: true, OriginShieldRegion: 'eu-west-2' },
          CustomOriginConfig: Match.objectLike({ OriginReadTimeout: 115 }),
        }),
      ],
    })
  })
})

suite('the cache policies', () => {
  for (const [what, isCompressed] of [
    ['pixels', false],
    ['vector graphics', true],
  ] as const) {
    test(`of ${what} keys on the whole canonical URL${isCompressed ? ' and on how it is packed' : ' and nothing else'}`, () => {
      synthesize().hasResourceProperties('AWS::CloudFront::CachePolicy', {
        CachePolicyConfig: {
          MinTTL: isCompressed ? 1 : 0,
          DefaultTTL: 60,
          MaxTTL: 31_536_000,
          ParametersInCacheKeyAndForwardedToOrigin: {
            QueryStringsConfig: { QueryStringBehavior: 'all' },
            HeadersConfig: { HeaderBehavior: 'none' },
            CookiesConfig: { CookieBehavior: 'none' },
            EnableAcceptEncodingGzip: isCompressed,
            EnableAcceptEncodingBrotli: isCompressed,
          },
        },
      })
    })
  }
})

suite('the origin request policy', () => {
  test('asks for the device headers, and never forwards Host', () => {
    const { OriginRequestPolicyConfig: config } = propertiesOf(
      synthesize(),
      'AWS::CloudFront::OriginRequestPolicy',
    ) as { OriginRequestPolicyConfig: Record<string, unknown> }
    assert.deepEqual(config.HeadersConfig, {
      HeaderBehavior: 'whitelist',
      Headers: ['CloudFront-Is-Mobile-Viewer', 'CloudFront-Is-Tablet-Viewer', 'CloudFront-Is-Desktop-Viewer'],
    })
    assert.deepEqual(config.CookiesConfig, { CookieBehavior: 'none' })
    assert.deepEqual(config.QueryStringsConfig, { QueryStringBehavior: 'none' })
  })
})

suite('the response headers policy', () => {
  test('makes every answer safe to open and free to embed, and leaves CORS to the transformer', () => {
    synthesize().hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        CorsConfig: Match.absent(),
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy:
              "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox",
            Override: true,
          },
          ContentTypeOptions: { Override: true },
          StrictTransportSecurity: {
            AccessControlMaxAgeSec: 31_536_000,
            IncludeSubdomains: false,
            Preload: false,
            Override: true,
          },
        },
        CustomHeadersConfig: {
          Items: [
            { Header: 'Cross-Origin-Resource-Policy', Value: 'cross-origin', Override: true },
            { Header: 'Timing-Allow-Origin', Value: '*', Override: true },
            {
              Header: 'Accept-CH',
              Value: 'Sec-CH-DPR, Sec-CH-Width, Sec-CH-Viewport-Width, Save-Data, ECT',
              Override: true,
            },
          ],
        },
      },
    })
  })
})

suite('the distribution', () => {
  test('speaks HTTP/2 and HTTP/3 over IPv4 and IPv6', () => {
    hasDistributionConfig(synthesize(), { HttpVersion: 'http2and3', IPV6Enabled: true, Enabled: true })
  })

  const behaviour = {
    AllowedMethods: ['GET', 'HEAD'],
    CachedMethods: ['GET', 'HEAD'],
    ViewerProtocolPolicy: 'https-only',
    OriginRequestPolicyId: { Ref: Match.stringLikeRegexp('OriginRequestPolicy') },
    ResponseHeadersPolicyId: { Ref: Match.stringLikeRegexp('ResponseHeadersPolicy') },
  }

  test('has one behaviour: GET and HEAD, HTTPS only, uncompressed, with all three policies', () => {
    hasDistributionConfig(synthesize(), {
      DefaultCacheBehavior: {
        ...behaviour,
        Compress: false,
        CachePolicyId: { Ref: Match.stringLikeRegexp('PipelineCachePolicy') },
      },
    })
  })

  test('has another for vector graphics, which is compressed and else the same', () => {
    const { DistributionConfig: config } = propertiesOf(synthesize(), 'AWS::CloudFront::Distribution') as {
      DistributionConfig: {
        CacheBehaviors: Record<string, unknown>[]
        DefaultCacheBehavior: Record<string, unknown>
      }
    }
    const { CacheBehaviors: others, DefaultCacheBehavior: all } = config
    const [vectors = {}, ...more] = others
    assert.deepEqual(more, [])
    const { PathPattern, Compress, CachePolicyId, ...same } = vectors
    assert.equal(PathPattern, '*.svg')
    assert.equal(Compress, true)
    assert.match(JSON.stringify(CachePolicyId), /PipelineCompressedCachePolicy/)
    assert.deepEqual({ ...same, Compress: false, CachePolicyId: all.CachePolicyId }, all)
  })

  test('reads cache tags from the header of the transformer', () => {
    hasDistributionConfig(synthesize(), { CacheTagConfig: { HeaderName: 'x-fovea-tags' } })
  })

  test('remembers our own trouble for one second, and no other error', () => {
    hasDistributionConfig(synthesize(), {
      CustomErrorResponses: [500, 502, 503, 504].map((code) => ({ ErrorCode: code, ErrorCachingMinTTL: 1 })),
    })
  })

  test('is served from the cheapest price class', () => {
    hasDistributionConfig(synthesize(), { PriceClass: 'PriceClass_100' })
  })

  test('publishes its additional metrics', () => {
    synthesize().hasResourceProperties('AWS::CloudFront::MonitoringSubscription', {
      MonitoringSubscription: {
        RealtimeMetricsSubscriptionConfig: { RealtimeMetricsSubscriptionStatus: 'Enabled' },
      },
    })
  })
})
