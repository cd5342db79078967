import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readDeployment } from '../../../edge/template/read-deployment.ts'
import { distributionOf, doctorTemplate, type Find, type Raw } from './doctored-template.ts'

const behaviourOf = (find: Find): Raw => distributionOf(find).DefaultCacheBehavior
const originOf = (find: Find): Raw => distributionOf(find).Origins[0]
const cacheKeyOf = (find: Find): Raw =>
  find('AWS::CloudFront::CachePolicy').CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin
const responsePolicyOf = (find: Find): Raw =>
  find('AWS::CloudFront::ResponseHeadersPolicy').ResponseHeadersPolicyConfig

/** What stands in the template, how to get it there, and what the message must name. */
type Case = readonly [what: string, change: (find: Find, raw: Raw) => void, names: RegExp]

const cases: readonly Case[] = [
  [
    'a viewer-response function',
    (find) => {
      behaviourOf(find).FunctionAssociations[0].EventType = 'viewer-response'
    },
    /viewer-request/,
  ],
  [
    'a viewer-response function beside the viewer-request one',
    (find) => {
      const [association] = behaviourOf(find).FunctionAssociations
      behaviourOf(find).FunctionAssociations.push({ ...association, EventType: 'viewer-response' })
    },
    /viewer-request/,
  ],
  [
    'cookies in the cache key',
    (find) => {
      cacheKeyOf(find).CookiesConfig.CookieBehavior = 'all'
    },
    /CookiesConfig\.CookieBehavior: expected none but received all/,
  ],
  [
    'headers in the cache key',
    (find) => {
      cacheKeyOf(find).HeadersConfig = { HeaderBehavior: 'whitelist', Headers: ['Accept'] }
    },
    /HeadersConfig\.HeaderBehavior: expected none but received whitelist/,
  ],
  [
    'an allow-list of parameters in the cache key',
    (find) => {
      cacheKeyOf(find).QueryStringsConfig = { QueryStringBehavior: 'whitelist', QueryStrings: ['width'] }
    },
    /QueryStringsConfig\.QueryStringBehavior: expected all but received whitelist/,
  ],
  [
    'a CORS configuration',
    (find) => {
      responsePolicyOf(find).CorsConfig = { AccessControlAllowOrigins: { Items: ['*'] } }
    },
    /CorsConfig/,
  ],
  [
    'a security header that is not known',
    (find) => {
      responsePolicyOf(find).SecurityHeadersConfig.XSSProtection = { Protection: true, Override: true }
    },
    /SecurityHeadersConfig\.XSSProtection/,
  ],
  [
    'a custom origin',
    (find) => {
      originOf(find).DomainName = 'images.example.com'
    },
    /expected a Function URL as origin/,
  ],
  [
    'a bucket as origin',
    (find, raw) => {
      const [bucket] =
        Object.entries<Raw>(raw.Resources).find(([, { Type }]) => Type === 'AWS::S3::Bucket') ?? []
      originOf(find).DomainName = { 'Fn::GetAtt': [bucket, 'RegionalDomainName'] }
    },
    /Origins\[0\]\.DomainName\.Fn::GetAtt: .* received \w+\.RegionalDomainName/,
  ],
  [
    'a managed cache policy, which the template does not hold',
    (find) => {
      behaviourOf(find).CachePolicyId = '658327ea-f89d-4fab-a63d-7e88639e58f6'
    },
    /658327ea-f89d-4fab-a63d-7e88639e58f6/,
  ],
  [
    'no cache policy',
    (find) => {
      delete behaviourOf(find).CachePolicyId
    },
    /CachePolicyId: expected a text but received undefined/,
  ],
  [
    'an origin group as target',
    (find) => {
      behaviourOf(find).TargetOriginId = 'group'
      distributionOf(find).OriginGroups = { Quantity: 1, Items: [{ Id: 'group' }] }
    },
    /group/,
  ],
  [
    'no distribution',
    (_find, raw) => {
      for (const [id, { Type }] of Object.entries<Raw>(raw.Resources)) {
        if (Type === 'AWS::CloudFront::Distribution') delete raw.Resources[id]
      }
    },
    /expected a distribution/,
  ],
  [
    'a Lambda without a timeout',
    (find) => {
      delete find('AWS::Lambda::Function', 'Transformer').Timeout
    },
    /Timeout: expected a number but received undefined/,
  ],
  [
    'an asset that the manifest does not list',
    (find) => {
      find('AWS::Lambda::Function', 'Transformer').Code.S3Key = 'elsewhere.zip'
    },
    /elsewhere\.zip/,
  ],
]

/** What, passed over in silence, would change what viewers get or who may get it. */
const changesAnswers: readonly Case[] = [
  [
    'Lambda@Edge',
    (find) => {
      behaviourOf(find).LambdaFunctionAssociations = [
        { EventType: 'origin-request', LambdaFunctionARN: 'arn' },
      ]
    },
    /LambdaFunctionAssociations/,
  ],
  [
    'trusted signers, whose keys no template holds',
    (find) => {
      behaviourOf(find).TrustedSigners = ['self']
    },
    /TrustedSigners/,
  ],
  [
    'headers that the response policy removes',
    (find) => {
      responsePolicyOf(find).RemoveHeadersConfig = { Items: [{ Header: 'x-fovea-tags' }] }
    },
    /RemoveHeadersConfig/,
  ],
  [
    'a custom error page',
    (find) => {
      distributionOf(find).CustomErrorResponses[0].ResponsePagePath = '/broken.png'
      distributionOf(find).CustomErrorResponses[0].ResponseCode = 200
    },
    /ResponsePagePath/,
  ],
  [
    'a path before the origin’s',
    (find) => {
      originOf(find).OriginPath = '/images'
    },
    /OriginPath/,
  ],
  [
    'a Function URL that anyone may call',
    (find) => {
      find('AWS::Lambda::Url').AuthType = 'NONE'
    },
    /AuthType/,
  ],
]

suite('readDeployment', () => {
  test('reads the template that is only copied', async () => {
    assert.equal(readDeployment(await doctorTemplate(() => {})).behaviours.length >= 1, true)
  })

  for (const [what, change, names] of [...cases, ...changesAnswers]) {
    test(`refuses ${what}, naming it`, async () => {
      await assert.rejects(async () => readDeployment(await doctorTemplate(change)), { message: names })
    })
  }
})

suite('readDeployment of other values', () => {
  test('takes times, methods and patterns from the template, not from itself', async () => {
    const { behaviours, errorCachingMinSeconds, cacheTagHeader, functions } = readDeployment(
      await doctorTemplate((find) => {
        const config = distributionOf(find)
        find('AWS::CloudFront::CachePolicy').CachePolicyConfig.MaxTTL = 77
        config.CacheBehaviors = [{ ...config.DefaultCacheBehavior, PathPattern: '/a/*' }]
        config.DefaultCacheBehavior.AllowedMethods = ['GET', 'HEAD', 'OPTIONS']
        config.CustomErrorResponses = [{ ErrorCode: 404, ErrorCachingMinTTL: 5 }, { ErrorCode: 500 }]
        config.CacheTagConfig.HeaderName = 'X-Tags'
        find('AWS::Lambda::Url').InvokeMode = 'RESPONSE_STREAM'
        find('AWS::Lambda::Function', 'Transformer').ReservedConcurrentExecutions = 9
      }),
    )
    assert.deepEqual(
      behaviours.map(({ pathPattern, allowedMethods }) => [pathPattern, allowedMethods.length]),
      [
        ['/a/*', 2],
        ['*', 3],
      ],
    )
    assert.equal(behaviours[0]?.cachePolicy.maxSeconds, 77)
    assert.deepEqual(
      [...errorCachingMinSeconds],
      [
        [404, 5],
        [500, 10],
      ],
    )
    assert.equal(cacheTagHeader, 'x-tags')
    assert.deepEqual(
      functions.map(({ streams, reservedConcurrency }) => [streams, reservedConcurrency]),
      [[true, 9]],
    )
  })

  test('signs only where an Origin Access Control says so', async () => {
    const { behaviours } = readDeployment(
      await doctorTemplate((find) => {
        delete originOf(find).OriginAccessControlId
      }),
    )
    assert.equal(behaviours[0]?.origin.signed, false)
  })
})
