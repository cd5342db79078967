import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { CfnResource, type Stack, TagManager } from 'aws-cdk-lib'
import { defineSettings } from '../../infra/settings.ts'
import { fullSettings } from './full-settings.ts'
import { testRefused } from './refused-settings.ts'
import { createStack } from './stand-in.ts'

/** Type and tags, once synthesized, of what can have tags; the CDK's own go-betweens aside. */
function listTags(stack: Stack): { type: string; tags: Record<string, string> }[] {
  const root = stack.node.root as import('aws-cdk-lib').App
  root.synth()
  return root.node
    .findAll()
    .filter((node) => CfnResource.isCfnResource(node))
    .flatMap((resource) => {
      const tagManager = TagManager.of(resource)
      if (!tagManager || resource.cfnResourceType.startsWith('Custom::')) return []
      return [{ type: resource.cfnResourceType, tags: tagManager.tagValues() }]
    })
}

suite('cost-allocation tags', () => {
  for (const [kind, settings] of Object.entries({ small: defineSettings(), 'fully set': fullSettings })) {
    test(`say of all that a ${kind} deployment can tag which part of it this is`, () => {
      const tagged = listTags(createStack({ settings }))
      assert.ok(tagged.length > 5, `${tagged.length} resources`)
      assert.deepEqual(
        tagged.filter(({ tags }) => !tags['fovea:part'] || tags['fovea:deployment'] !== 'Fovea'),
        [],
      )
    })
  }

  test('put each service where its bill belongs', () => {
    const parts = listTags(createStack({ settings: fullSettings })).map(
      ({ type, tags }) => `${type} ${tags['fovea:part']}`,
    )
    assert.deepEqual([...new Set(parts)].sort(), [
      'AWS::Budgets::Budget protection',
      'AWS::CloudFront::Distribution delivery',
      'AWS::CloudFront::Function delivery',
      'AWS::CloudFront::KeyValueStore keys',
      'AWS::CloudWatch::Alarm monitoring',
      'AWS::CloudWatch::Dashboard monitoring',
      'AWS::Events::Rule freshness',
      'AWS::IAM::Role compute',
      'AWS::IAM::Role freshness',
      'AWS::IAM::Role keys',
      'AWS::Lambda::EventSourceMapping freshness',
      'AWS::Lambda::Function compute',
      'AWS::Lambda::Function freshness',
      'AWS::Lambda::Function keys',
      'AWS::Logs::Delivery monitoring',
      'AWS::Logs::DeliveryDestination monitoring',
      'AWS::Logs::DeliverySource monitoring',
      'AWS::Logs::LogGroup compute',
      'AWS::Logs::LogGroup freshness',
      'AWS::Logs::LogGroup keys',
      'AWS::Logs::LogGroup monitoring',
      'AWS::RUM::AppMonitor monitoring',
      'AWS::S3::Bucket logs',
      'AWS::S3::Bucket storage',
      'AWS::SNS::Topic monitoring',
      'AWS::SQS::Queue freshness',
      'AWS::SecretsManager::Secret keys',
      'AWS::WAFv2::WebACL protection',
    ])
  })

  test('have those of the settings beside them', () => {
    const tagged = listTags(createStack({ settings: fullSettings }))
    assert.ok(tagged.every(({ tags }) => tags.team === 'platform'))
  })

  testRefused('tags', [
    [{ 'aws:x': 'y' }, /keys of 1 to 128 characters that do not begin with aws: or fovea:/],
    [{ 'Fovea:part': 'y' }, /do not begin with aws: or fovea:/],
    [{ team: 'a\nb' }, /a text of at most 256 characters for tags\['team'\]/],
    [{ team: 7 }, /for tags\['team'\] but received 7/],
    [Object.fromEntries(Array.from({ length: 41 }, (_, at) => [`t${at}`, ''])), /at most 40 tags for tags/],
  ])
})
