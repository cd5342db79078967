import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { App, Stack } from 'aws-cdk-lib'
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions'
import { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { ImagePipeline } from '../../../infra/image-pipeline.ts'
import { defineSettings } from '../../../infra/settings.ts'
import { createStack, listStacks, makeFolder, templateBeside, writeBuiltFiles } from '../stand-in.ts'

/** An empty stack of an app of its own. */
function createApp(region?: string): Stack {
  const app = new App({ outdir: makeFolder(), analyticsReporting: false })
  return new Stack(app, 'Shop', { env: { region }, crossRegionReferences: true, analyticsReporting: false })
}

const namesOf = (template: Template) =>
  Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties.AlarmName,
  )

suite('what can only be in us-east-1', () => {
  test('is in the stack itself where that is there', () => {
    assert.deepEqual(
      listStacks().map(({ name }) => name),
      ['Fovea'],
    )
  })

  test('is in a stack beside it where that is elsewhere, deployed after it', () => {
    const stack = createStack({ settings: defineSettings({ region: 'ap-southeast-2' }) })
    const beside = stack.node.root.node.findChild('FoveaMonitoring') as Stack
    assert.equal(beside.region, 'us-east-1')
    // What refers across regions is resolved when the app is synthesized.
    Template.fromStack(stack)
    assert.deepEqual(beside.dependencies, [stack])
  })

  test('knows the distribution of the other region', () => {
    const stack = createStack({ settings: defineSettings({ region: 'ap-southeast-2' }) })
    const template = templateBeside(stack, 'FoveaMonitoring')
    const [alarm] = Object.values(
      template.findResources('AWS::CloudWatch::Alarm', { Properties: { MetricName: 'OriginLatency' } }),
    )
    const [id] = alarm?.Properties.Dimensions ?? []
    assert.match(id.Value['Fn::GetAtt'][1], /^\/cdk\/exports\/FoveaMonitoring\/.*PipelineDistribution/)
  })

  test('is nothing, and no stack, where nothing is watched', () => {
    const monitoring = { alarms: false, accessLogs: false }
    const settings = defineSettings({ region: 'ap-southeast-2', monitoring })
    assert.deepEqual(
      listStacks({ settings }).map(({ name }) => name),
      ['Fovea'],
    )
  })

  test('is left out, with a warning, where the settings alone say that the stack is elsewhere', () => {
    const stack = createApp()
    new ImagePipeline(stack, 'Images', { builtFiles: writeBuiltFiles(), region: 'eu-west-1' })
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('must be in us-east-1'))
    const template = Template.fromStack(stack)
    template.resourceCountIs('AWS::CloudWatch::Alarm', 5)
    template.resourceCountIs('AWS::Logs::DeliverySource', 0)
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 1)
  })

  test('is in one stack for all pipelines of a stack, each under its own name', () => {
    const stack = createApp('eu-west-1')
    const builtFiles = writeBuiltFiles()
    for (const id of ['Products', 'People']) new ImagePipeline(stack, id, { builtFiles })
    const beside = stack.node.root.node.findChild('ShopMonitoring') as Stack
    const names = [...namesOf(Template.fromStack(stack)), ...namesOf(Template.fromStack(beside))]
    assert.equal(names.length, 24)
    assert.equal(new Set(names).size, 24)
    assert.ok(names.includes('Shop-People-hit-ratio') && names.includes('Shop-Products-hit-ratio'))
  })
})

suite('a distribution of yours', () => {
  const stack = createApp('us-east-1')
  const pipeline = new ImagePipeline(stack, 'Images', { builtFiles: writeBuiltFiles(), distribution: 'none' })
  const distribution = new Distribution(stack, 'Site', {
    defaultBehavior: { origin: new HttpOrigin('www.example.com') },
  })
  pipeline.attachTo(distribution, 'images/')
  pipeline.attachTo(distribution, 'people/')
  const template = Template.fromStack(stack)

  test('is watched once it serves pictures', () => {
    template.resourceCountIs('AWS::CloudWatch::Alarm', 12)
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 1)
  })

  test('keeps its own access logs: it has one source of them', () => {
    template.resourceCountIs('AWS::Logs::DeliverySource', 0)
  })
})
