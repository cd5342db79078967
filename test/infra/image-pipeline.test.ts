import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { App, Stack } from 'aws-cdk-lib'
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions'
import { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import * as cxapi from 'aws-cdk-lib/cx-api'
import { ImagePipeline, type ImagePipelineProps } from '../../infra/image-pipeline.ts'
import { fullSettings, publicKeys } from './full-settings.ts'
import { makeFolder, synthesize, writeBuiltFiles, writePackages } from './stand-in.ts'

const builtFiles = writeBuiltFiles()
// Some of the flags below make a failure of what else stops only a deployment.
writePackages(builtFiles)

/** The stack of somebody's own app, with a pipeline in it. */
function createOwnStack(
  props: ImagePipelineProps = {},
  options: { region?: string; context?: Record<string, unknown> } = {},
): { stack: Stack; images: ImagePipeline } {
  const app = new App({ outdir: makeFolder(), analyticsReporting: false, context: options.context })
  const stack = new Stack(app, 'Site', {
    env: { region: options.region },
    crossRegionReferences: true,
    analyticsReporting: false,
  })
  return { stack, images: new ImagePipeline(stack, 'Images', { builtFiles, ...props }) }
}

/** Permissions of distributions, not those of Secrets Manager. */
const fromCloudFront = { Properties: { Principal: 'cloudfront.amazonaws.com' } }

/** The distributions that changed originals are taken out of the caches of; undefined without the function that does it. */
function distributionIdsOf(template: Template): unknown {
  return Object.values(template.findResources('AWS::Lambda::Function'))
    .map(({ Properties }) => Properties.Environment?.Variables.FOVEA_DISTRIBUTION_IDS)
    .find((ids) => ids !== undefined)
}

/** A distribution of that app, with pages of its own. */
function createSite(stack: Stack): Distribution {
  return new Distribution(stack, 'Site', {
    defaultBehavior: { origin: new HttpOrigin('pages.example.com') },
  })
}

/** The behaviours of the one distribution, by path pattern, `default` among them. */
function behavioursOf(template: Template): Record<string, Record<string, unknown>> {
  const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'))
  const { CacheBehaviors = [], DefaultCacheBehavior } = distribution?.Properties.DistributionConfig ?? {}
  return Object.fromEntries(
    [...CacheBehaviors, { PathPattern: 'default', ...DefaultCacheBehavior }].map((each) => [
      each.PathPattern,
      each,
    ]),
  )
}

suite('ImagePipeline', () => {
  test('needs no property: what it makes is what the app of this repository makes', () => {
    const { stack } = createOwnStack({}, { region: 'us-east-1' })
    const typesOf = (template: Template) =>
      Object.values<{ Type: string }>(template.toJSON().Resources)
        .map(({ Type }) => Type)
        .sort()
    const types = typesOf(Template.fromStack(stack))
    assert.ok(types.length > 15, types.join(' '))
    assert.deepEqual(types, typesOf(synthesize({ builtFiles })))
  })

  test('is set up for the region of its stack', () => {
    const { stack, images } = createOwnStack({}, { region: 'eu-north-1' })
    assert.equal(images.settings.region, 'eu-north-1')
    Template.fromStack(stack).hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Origins: [Match.objectLike({ OriginShield: { Enabled: true, OriginShieldRegion: 'eu-west-2' } })],
      },
    })
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue())
  })

  test('refuses settings of another region', () => {
    assert.throws(() => createOwnStack({ region: 'eu-west-1' }, { region: 'eu-north-1' }), {
      message: "expected the stack's eu-north-1 for region but received 'eu-west-1'",
    })
  })

  test('says what it assumes where neither the stack nor the settings name a region', () => {
    const { stack } = createOwnStack()
    Annotations.fromStack(stack).hasWarning('/Site/Images', Match.stringLikeRegexp('as for us-east-1'))
    const named = Annotations.fromStack(createOwnStack({ region: 'eu-west-1' }).stack)
    named.hasNoWarning('*', Match.stringLikeRegexp('as for us-east-1'))
  })

  test('refuses a setting that there is not', () => {
    assert.throws(() => createOwnStack({ lader: [100] } as ImagePipelineProps), {
      message: /expected only .* for settings but received 'lader'/,
    })
  })

  test('stands twice in one stack', () => {
    const { stack } = createOwnStack({ ...fullSettings, region: undefined }, { region: 'eu-north-1' })
    new ImagePipeline(stack, 'More', { builtFiles, protection: { waf: {} } })
    Template.fromStack(stack).resourceCountIs('AWS::CloudFront::Distribution', 2)
    const protection = stack.node.root.node.findChild('SiteProtection')
    Template.fromStack(protection as Stack).resourceCountIs('AWS::WAFv2::WebACL', 2)
  })

  test('is the same in an app with every recommended feature flag, but for what those name', () => {
    const flags = cxapi.CURRENTLY_RECOMMENDED_FLAGS
    assert.ok(Object.keys(flags).length > 50)
    const resources = [{}, flags].map((each) => {
      const template = Template.fromStack(createOwnStack({}, { region: 'us-east-1', context: each }).stack)
      return ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::IAM::Role'].map((type) =>
        Object.values(template.findResources(type)),
      )
    })
    assert.deepEqual(resources[1], resources[0])
  })
})

suite('a pipeline for a distribution that exists', () => {
  const props: ImagePipelineProps = {
    distribution: 'none',
    access: { 'images/paid/': 'signed', 'elsewhere/': 'signed' },
    cloudFrontSigned: { 'images/private/': { publicKeys: [publicKeys.ec] } },
  }

  test('has none of its own', () => {
    const { stack, images } = createOwnStack({ distribution: 'none' }, { region: 'us-east-1' })
    assert.equal(images.distribution, undefined)
    const template = Template.fromStack(stack)
    template.resourceCountIs('AWS::CloudFront::Distribution', 0)
    template.resourceCountIs('AWS::CloudFront::Function', 1)
    template.resourceCountIs('AWS::Lambda::Url', 1)
    // There is no cache to keep right yet.
    assert.equal(images.freshness, undefined)
    template.resourceCountIs('AWS::SQS::Queue', 0)
  })

  test('serves the keys of one folder there, those of its own rules first', () => {
    const { stack, images } = createOwnStack(props, { region: 'us-east-1' })
    images.attachTo(createSite(stack), 'images/')
    const behaviours = behavioursOf(Template.fromStack(stack))
    const paths = Object.keys(behaviours).filter((path) => !path.endsWith('.svg'))
    assert.deepEqual(paths, ['/images/private/*', '/images/paid/*', '/images/*', 'default'])
    assert.ok(behaviours['/images/private/*']?.TrustedKeyGroups)
    const { default: pages, ...pictures } = behaviours
    assert.equal(pages?.FunctionAssociations, undefined)
    for (const [path, behaviour] of Object.entries(pictures)) {
      assert.notEqual(behaviour.TargetOriginId, pages?.TargetOriginId, path)
      assert.equal((behaviour.FunctionAssociations as unknown[]).length, 1, path)
      assert.equal(behaviour.ViewerProtocolPolicy, 'https-only', path)
    }
  })

  test('lets that distribution call the transformer, and reads cache tags there', () => {
    const { stack, images } = createOwnStack(
      { ...props, compute: { provisionedConcurrency: 1 } },
      { region: 'us-east-1' },
    )
    images.attachTo(createSite(stack), 'images/')
    const template = Template.fromStack(stack)
    const permissions = Object.values(template.findResources('AWS::Lambda::Permission', fromCloudFront))
    assert.equal(permissions.length, 4)
    for (const { Properties } of permissions) {
      assert.match(JSON.stringify(Properties.SourceArn), /:distribution\/",\{"Ref":"Site/)
    }
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { CacheTagConfig: { HeaderName: 'x-fovea-tags' } },
    })
  })

  test('serves several folders, and several distributions', () => {
    const { stack, images } = createOwnStack(props, { region: 'us-east-1' })
    const site = createSite(stack)
    images.attachTo(site, 'images/')
    images.attachTo(site, 'logos/')
    images.attachTo(new Distribution(stack, 'Other', { defaultBehavior: images.behaviour() }), 'images/')
    const template = Template.fromStack(stack)
    template.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1)
    assert.equal(Object.keys(template.findResources('AWS::Lambda::Permission', fromCloudFront)).length, 4)
    template.resourceCountIs('AWS::SQS::Queue', 2)
    const ids = JSON.stringify(distributionIdsOf(template))
    assert.match(ids, /\{"Ref":"Site\w+"\},",",\{"Ref":"Other\w+"\}/)
  })

  test('serves all paths that nothing else does where the prefix is empty', () => {
    const { stack, images } = createOwnStack(props, { region: 'us-east-1' })
    const site = createSite(stack)
    site.addBehavior('/app/*', new HttpOrigin('app.example.com'))
    images.attachTo(site, '')
    const paths = Object.keys(behavioursOf(Template.fromStack(stack)))
    assert.deepEqual(
      paths.filter((path) => !path.endsWith('.svg')),
      ['/app/*', '/images/private/*', '/images/paid/*', '/elsewhere/*', '/*', 'default'],
    )
  })

  test('refuses one of another stack, with what to do instead', () => {
    const { stack, images } = createOwnStack({ distribution: 'none' }, { region: 'us-east-1' })
    const other = new Stack(stack.node.root, 'Other', { env: { region: 'us-east-1' } })
    assert.throws(() => images.attachTo(createSite(other), 'images/'), {
      message:
        /expected a distribution of the pipeline's own stack, \w+, but received one of Other: .* attachToId/,
    })
  })

  for (const region of ['eu-west-1', 'us-east-1']) {
    test(`gives its behaviour to one of another stack in ${region}, and its id is told later`, () => {
      const app = new App({ analyticsReporting: false })
      const account = '123456789012'
      const stackIn = (id: string, where: string) =>
        new Stack(app, id, { env: { account, region: where }, crossRegionReferences: true })
      const [own, other] = [stackIn('Images', 'eu-west-1'), stackIn('Site', region)]
      const images = new ImagePipeline(own, 'Images', { distribution: 'none', builtFiles })
      const { origin, ...options } = images.behaviour()
      const site = createSite(other)
      site.addBehavior('/images/*', origin, options)
      images.attachToId('E111')
      // Where each waited for the other, this would throw.
      const permissions = Template.fromStack(other).findResources('AWS::Lambda::Permission', fromCloudFront)
      assert.equal(Object.keys(permissions).length, 2)
      assert.equal(distributionIdsOf(Template.fromStack(own)), 'E111')
      assert.deepEqual(other.dependencies, [own])
    })
  }

  test('does as the default behaviour of a new distribution', () => {
    const { stack, images } = createOwnStack({ distribution: 'none' }, { region: 'us-east-1' })
    new Distribution(stack, 'Site', { defaultBehavior: images.behaviour() })
    const { default: behaviour } = behavioursOf(Template.fromStack(stack))
    assert.deepEqual(behaviour?.AllowedMethods, ['GET', 'HEAD'])
    assert.ok(behaviour?.CachePolicyId && behaviour.ResponseHeadersPolicyId)
  })

  test('lets in one that no app of the CDK makes, and says what its behaviour has to name', () => {
    const { stack, images } = createOwnStack({ distribution: 'none' }, { region: 'us-east-1' })
    images.attachToId('E111')
    images.attachToId('E222')
    const template = Template.fromStack(stack)
    assert.equal(distributionIdsOf(template), 'E111,E222')
    assert.match(
      JSON.stringify(template.findResources('AWS::IAM::Role')),
      /CreateInvalidation.*distribution\/E111.*distribution\/E222/,
    )
    const permissions = Object.values(template.findResources('AWS::Lambda::Permission', fromCloudFront))
    assert.deepEqual(
      permissions
        .map(({ Properties: { Action, FunctionName, SourceArn } }) => {
          assert.match(JSON.stringify(FunctionName), /"Fn::GetAtt":\["ImagesTransformer\w+","Arn"\]/)
          const [, id] = /:distribution\/(\w+)"/.exec(JSON.stringify(SourceArn)) ?? []
          return `${id} ${Action}`
        })
        .sort(),
      ['E111', 'E222'].flatMap((id) => [`${id} lambda:InvokeFunction`, `${id} lambda:InvokeFunctionUrl`]),
    )
    template.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1)
    const outputs = Object.keys(template.findOutputs('*')).map((name) =>
      name.replace(/^ImagesBehaviour|[A-F\d]{8}$/g, ''),
    )
    assert.deepEqual(outputs.sort(), [
      'CachePolicyId',
      'CacheTagHeaderName',
      'OriginAccessControlId',
      'OriginDomainName',
      'OriginRequestPolicyId',
      'ResponseHeadersPolicyId',
      'ViewerRequestFunctionArn',
    ])
  })

  for (const prefix of ['/images/', 'images', 'im ages/', 'images/*']) {
    test(`refuses the prefix ${JSON.stringify(prefix)}`, () => {
      const { stack, images } = createOwnStack({ distribution: 'none' })
      assert.throws(() => images.attachTo(createSite(stack), prefix), { message: /for prefix but received/ })
    })
  }
})
