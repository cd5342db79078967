import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { App, Stack } from 'aws-cdk-lib'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { ImagePipeline } from '../../infra/image-pipeline.ts'
import { defineSettings, type GivenSettings } from '../../infra/settings.ts'
import { createStack, makeFolder, propertiesOf, templateBeside, writeBuiltFiles } from './stand-in.ts'

const two: GivenSettings = { region: 'eu-central-1', secondRegion: { region: 'eu-west-1' } }
const stack = createStack({ settings: defineSettings(two) })
const first = Template.fromStack(stack)
const second = templateBeside(stack, 'FoveaSecondRegion')
const access = templateBeside(stack, 'FoveaSecondRegionAccess')

/** The properties of the buckets of originals, not those of logs. */
function originalsOf(template: Template): Record<string, unknown> {
  const buckets = Object.entries(template.findResources('AWS::S3::Bucket'))
  const [one, ...others] = buckets.filter(([id]) => id.includes('Originals'))
  assert.deepEqual(others, [])
  return one?.[1].Properties
}

/** Every statement that a role of the template is allowed, but those of the CDK's own custom resources. */
function listStatements(template: Template, part: string): Record<string, unknown>[] {
  const roles = Object.entries(template.findResources('AWS::IAM::Role'))
  const policies = Object.entries(template.findResources('AWS::IAM::Policy'))
  return [...roles, ...policies]
    .filter(([id]) => id.includes(part))
    .flatMap(([, { Properties }]) => Properties.Policies ?? [Properties])
    .flatMap(({ PolicyDocument }) => PolicyDocument?.Statement ?? [])
}

function configOf(template: Template) {
  const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'))
  return distribution?.Properties.DistributionConfig
}

/** An app of somebody's own around a pipeline. */
function embed(env: { region?: string } | undefined, crossRegionReferences = true) {
  const app = new App({ outdir: makeFolder(), analyticsReporting: false })
  const mine = new Stack(app, 'Mine', { env, crossRegionReferences })
  const builtFiles = writeBuiltFiles()
  const create = (given: GivenSettings = {}, distribution: 'own' | 'none' = 'own', id = 'Images') =>
    new ImagePipeline(mine, id, { builtFiles, distribution, ...given })
  return { app, mine, create }
}

suite('a deployment without a second region', () => {
  test('has one stack with one origin, and copies nothing', () => {
    const stack = createStack({ settings: defineSettings({ region: 'us-east-1' }) })
    const app = stack.node.root as App
    assert.deepEqual(
      app.synth().stacks.map(({ stackName }) => stackName),
      ['Fovea'],
    )
    const template = Template.fromStack(stack)
    assert.equal(configOf(template).Origins.length, 1)
    assert.equal(configOf(template).OriginGroups, undefined)
    assert.equal(originalsOf(template).ReplicationConfiguration, undefined)
    template.resourcePropertiesCountIs(
      'AWS::Lambda::Function',
      { Environment: { Variables: Match.objectLike({ FOVEA_MAX_AGE_SECONDS: Match.anyValue() }) } },
      0,
    )
  })
})

suite('the stacks of two regions', () => {
  test('are deployed in an order: what the distribution names before it, what names it after', () => {
    const { stacks } = (createStack({ settings: defineSettings(two) }).node.root as App).synth()
    const ours = stacks.filter(({ stackName }) => stackName !== 'FoveaMonitoring')
    assert.deepEqual(
      ours.map(({ stackName, environment }) => [stackName, environment.region]),
      [
        ['FoveaSecondRegion', 'eu-west-1'],
        ['Fovea', 'eu-central-1'],
        ['FoveaSecondRegionAccess', 'eu-west-1'],
      ],
    )
    const [before, own, after] = ours.map(({ dependencies }) =>
      dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets')),
    )
    assert.deepEqual(
      [before, own, after?.sort()],
      [[], ['FoveaSecondRegion'], ['Fovea', 'FoveaSecondRegion']],
    )
  })

  test('are tagged as of the deployment', () => {
    for (const template of [second, access]) {
      const tagged = Object.values(
        template.toJSON().Resources as Record<string, { Properties: { Tags?: unknown[] } }>,
      )
        .flatMap(({ Properties }) => Properties.Tags ?? [])
        .map((tag) => JSON.stringify(tag))
      assert.ok(tagged.includes('{"Key":"fovea:deployment","Value":"Fovea"}'))
    }
  })
})

suite('the bucket of the copies', () => {
  const copies = originalsOf(second)
  const originals = originalsOf(first)

  test('is private, encrypted, versioned and keeps what is there when its stack goes', () => {
    for (const name of ['BucketEncryption', 'OwnershipControls', 'PublicAccessBlockConfiguration']) {
      assert.deepEqual(copies[name], originals[name], name)
    }
    assert.deepEqual(copies.VersioningConfiguration, { Status: 'Enabled' })
    const kept = Object.values(second.findResources('AWS::S3::Bucket'))
    assert.ok(kept.length >= 1 && kept.every(({ DeletionPolicy }) => DeletionPolicy === 'Retain'))
  })

  test('has the lifecycle of the originals, which S3 does not copy with them', () => {
    assert.ok(copies.LifecycleConfiguration)
    assert.deepEqual(copies.LifecycleConfiguration, originals.LifecycleConfiguration)
  })

  test('is talked to by TLS only', () => {
    second.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    })
  })

  test('sends no events: the originals’ own invalidate already', () => {
    assert.equal(copies.NotificationConfiguration, undefined)
    assert.ok(originals.NotificationConfiguration)
  })
})

suite('replication', () => {
  const configuration = originalsOf(first).ReplicationConfiguration as {
    Role: { 'Fn::GetAtt': string[] }
    Rules: Record<string, unknown>[]
  }

  test('is of every original and every deletion, in fifteen minutes, and is measured', () => {
    const [rule, ...others] = configuration.Rules
    assert.deepEqual(others, [])
    const { Destination, ...said } = rule as { Destination: Record<string, unknown> }
    assert.deepEqual(said, {
      Id: 'SecondRegion',
      Priority: 1,
      Status: 'Enabled',
      Filter: { Prefix: '' },
      DeleteMarkerReplication: { Status: 'Enabled' },
    })
    const { Bucket, ...control } = Destination
    assert.match(
      JSON.stringify(Bucket),
      /ExportsReader.*SecondRegioneuwest1FnGetAtt.*OriginalsArn|Originals.*Arn/,
    )
    assert.deepEqual(control, {
      ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
      Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
    })
  })

  test('reads the originals and writes the copies, and nothing else', () => {
    const statements = listStatements(first, 'Replication')
    assert.deepEqual(
      statements.map(({ Action }) => Action),
      [
        ['s3:GetReplicationConfiguration', 's3:ListBucket'],
        ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
        ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
      ],
    )
    const [reads, objects, writes] = statements.map(({ Resource }) => JSON.stringify(Resource))
    assert.match(reads ?? '', /"PipelineOriginals\w+","Arn"/)
    assert.match(objects ?? '', /"PipelineOriginals\w+","Arn"\]\},"\/\*"/)
    assert.match(writes ?? '', /FoveaSecondRegioneuwest1FnGetAtt\w+"\]\},"\/\*"/)
  })

  test('is left to whom the buckets are', () => {
    const stack = createStack({
      settings: defineSettings({
        storage: { bucket: { name: 'masters' } },
        secondRegion: { region: 'eu-west-1', bucket: { name: 'masters-copied' } },
      }),
    })
    const template = Template.fromStack(stack)
    assert.deepEqual(listStatements(template, 'Replication'), [])
    templateBeside(stack, 'FoveaSecondRegion').resourceCountIs('AWS::S3::Bucket', 0)
    // Its rule has a name that nobody here knows, so that there is no metric to name.
    templateBeside(stack, 'FoveaSecondRegionAccess').resourceCountIs('AWS::CloudWatch::Alarm', 0)
  })
})

suite('the transformer of the second region', () => {
  const functions = Object.entries(second.findResources('AWS::Lambda::Function'))
  const [, transformer] = functions.find(([id]) => id.includes('Transformer')) ?? []
  const variables = transformer?.Properties.Environment.Variables

  test('is the one of the first region, but that what it answers is soon forgotten', () => {
    const [, own] =
      Object.entries(first.findResources('AWS::Lambda::Function')).find(([id]) =>
        id.startsWith('PipelineTransformer'),
      ) ?? []
    const { IMAGE_BUCKET: _, ...others } = own?.Properties.Environment.Variables ?? {}
    const { IMAGE_BUCKET, FOVEA_MAX_AGE_SECONDS, ...same } = variables
    assert.deepEqual(same, others)
    assert.match(IMAGE_BUCKET.Ref, /Originals/)
    assert.equal(FOVEA_MAX_AGE_SECONDS, '300')
    assert.equal(transformer?.Properties.Code.S3Key, own?.Properties.Code.S3Key)
    for (const name of ['MemorySize', 'Timeout', 'Runtime', 'Architectures', 'Handler']) {
      assert.deepEqual(transformer?.Properties[name], own?.Properties[name], name)
    }
  })

  test('reads the copies and writes its own log, and nothing else', () => {
    const statements = listStatements(second, 'TransformerRole')
    assert.deepEqual(
      statements.flatMap(({ Action }) => Action),
      ['s3:GetObject', 's3:ListBucket', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    )
    for (const { Resource } of statements) assert.match(JSON.stringify(Resource), /Originals|TransformerLog/)
  })

  test('has a URL for who signs', () => {
    assert.equal(propertiesOf(second, 'AWS::Lambda::Url').AuthType, 'AWS_IAM')
  })

  test('provisions no sandboxes', () => {
    const settings = defineSettings({ ...two, compute: { provisionedConcurrency: 2 } })
    const stack = createStack({ settings })
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Alias', 1)
    templateBeside(stack, 'FoveaSecondRegion').resourceCountIs('AWS::Lambda::Alias', 0)
  })
})

suite('the origin group', () => {
  const { OriginGroups, Origins, DefaultCacheBehavior, CacheBehaviors } = configOf(first)

  test('asks the second region after 429, 500, 502, 503 and 504, and after nothing that is an answer', () => {
    assert.equal(OriginGroups.Quantity, 1)
    const [group] = OriginGroups.Items
    assert.deepEqual(group.FailoverCriteria.StatusCodes, { Items: [429, 500, 502, 503, 504], Quantity: 5 })
    assert.deepEqual(
      group.Members.Items.map(({ OriginId }: { OriginId: string }) => OriginId),
      Origins.map(({ Id }: { Id: string }) => Id),
    )
  })

  test('is what every behaviour has', () => {
    const targets = [DefaultCacheBehavior, ...CacheBehaviors].map(({ TargetOriginId }) => TargetOriginId)
    assert.deepEqual([...new Set(targets)], [OriginGroups.Items[0].Id])
  })

  test('tries each region once, for two seconds, near its Origin Shield, with access control of its own', () => {
    for (const { ConnectionAttempts, ConnectionTimeout } of Origins) {
      assert.deepEqual([ConnectionAttempts, ConnectionTimeout], [1, 2])
    }
    assert.deepEqual(
      Origins.map(
        ({ OriginShield }: { OriginShield: { OriginShieldRegion: string } }) =>
          OriginShield.OriginShieldRegion,
      ),
      ['eu-central-1', 'eu-west-1'],
    )
    const controls = new Set(
      Origins.map(({ OriginAccessControlId }: { OriginAccessControlId: unknown }) =>
        JSON.stringify(OriginAccessControlId),
      ),
    )
    assert.equal(controls.size, 2)
    for (const { Properties } of Object.values(first.findResources('AWS::CloudFront::OriginAccessControl'))) {
      const { OriginAccessControlOriginType, SigningBehavior } = Properties.OriginAccessControlConfig
      assert.deepEqual([OriginAccessControlOriginType, SigningBehavior], ['lambda', 'always'])
    }
  })
})

suite('the permissions of the second region', () => {
  const permissions = Object.values(access.findResources('AWS::Lambda::Permission')).map(
    ({ Properties }) => Properties,
  )

  test('are the two that a Function URL asks for, of this one distribution', () => {
    assert.deepEqual(permissions.map(({ Action }) => Action).sort(), [
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
    ])
    for (const { Principal, SourceArn, FunctionName } of permissions) {
      assert.equal(Principal, 'cloudfront.amazonaws.com')
      const arn = JSON.stringify(SourceArn)
      assert.match(arn, /:distribution\/",\{"Fn::GetAtt":\["ExportsReader\w+","[^"]*RefPipelineDistribution/)
      assert.doesNotMatch(arn, /\*/)
      assert.match(JSON.stringify(FunctionName), /FoveaSecondRegion:.*Transformer/)
    }
  })

  test('are none of the first region’s, which could name no function there', () => {
    for (const { Properties } of Object.values(first.findResources('AWS::Lambda::Permission'))) {
      assert.doesNotMatch(JSON.stringify(Properties.FunctionName), /ExportsReader/)
    }
    second.resourceCountIs('AWS::Lambda::Permission', 0)
  })
})

suite('an image pipeline with a second region in an app of one’s own', () => {
  test('has its stacks beside the one that it is in', () => {
    const { app, create } = embed({ region: 'eu-west-2' })
    create({ secondRegion: { region: 'eu-west-1' } })
    assert.deepEqual(
      app
        .synth()
        .stacks.map(({ stackName }) => stackName)
        .sort(),
      ['Mine', 'MineMonitoring', 'MineSecondRegion', 'MineSecondRegionAccess'],
    )
  })

  test('is refused in a stack that does not say its region', () => {
    const { create } = embed(undefined)
    assert.throws(() => create({ region: 'us-east-1', secondRegion: { region: 'eu-west-1' } }), {
      message: /^expected a stack whose env says its region for secondRegion but received/,
    })
  })

  test('is refused beside another one in the same stack with another second region', () => {
    const { create } = embed({ region: 'us-east-1' })
    create({ secondRegion: { region: 'eu-west-1' } })
    assert.throws(() => create({ secondRegion: { region: 'eu-west-2' } }, 'own', 'More'), {
      message:
        /^expected eu-west-1 for each pipeline of a stack for secondRegion\.region but received 'eu-west-2'$/,
    })
  })

  test('shares the stacks with another one in the same stack', () => {
    const { app, create } = embed({ region: 'us-east-1' })
    for (const id of ['Images', 'More']) create({ secondRegion: { region: 'eu-west-1' } }, 'own', id)
    const { stacks } = app.synth()
    assert.deepEqual(stacks.map(({ stackName }) => stackName).sort(), [
      'Mine',
      'MineSecondRegion',
      'MineSecondRegionAccess',
    ])
    const permissions = Object.values<{ Type: string }>(
      stacks.find(({ stackName }) => stackName === 'MineSecondRegionAccess')?.template.Resources,
    ).filter(({ Type }) => Type === 'AWS::Lambda::Permission')
    assert.equal(permissions.length, 4)
  })

  test('lets a distribution of yours, and one that is told by its id, call both regions', () => {
    const { app, mine, create } = embed({ region: 'us-east-1' })
    const pipeline = create({ secondRegion: { region: 'eu-west-1' } }, 'none')
    const yours = new Distribution(mine, 'Yours', {
      defaultBehavior: { origin: new HttpOrigin('www.example.com') },
    })
    pipeline.attachTo(yours, 'images/')
    pipeline.attachToId('E2ABCDEFGHIJKL')
    const { stacks } = app.synth()
    const templateOf = (name: string) => stacks.find(({ stackName }) => stackName === name)?.template
    const sources = Object.values<{ Type: string; Properties: { SourceArn: unknown } }>(
      templateOf('MineSecondRegionAccess').Resources,
    )
      .filter(({ Type }) => Type === 'AWS::Lambda::Permission')
      .map(({ Properties }) => JSON.stringify(Properties.SourceArn))
    assert.equal(sources.length, 4)
    assert.equal(sources.filter((arn) => arn.includes('distribution/E2ABCDEFGHIJKL')).length, 2)
    assert.equal(configOf(Template.fromJSON(templateOf('Mine'))).OriginGroups.Quantity, 1)
    const outputs = Object.keys(templateOf('Mine').Outputs)
    assert.equal(outputs.filter((name) => name.includes('OriginDomainName')).length, 2, outputs.join())
  })
})
