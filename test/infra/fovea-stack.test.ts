import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { defineSettings } from '../../infra/settings.ts'
import { createStack, synthesize, writeBuiltFiles, writePackages } from './stand-in.ts'

suite('FoveaStack', () => {
  test('gives the same template twice', () => {
    assert.deepEqual(synthesize().toJSON(), synthesize().toJSON())
  })

  test('gives the same template packaged and unpackaged', () => {
    const builtFiles = writeBuiltFiles()
    const unpackaged = synthesize({ builtFiles }).toJSON()
    writePackages(builtFiles)
    assert.equal(createStack({ builtFiles }).pipeline.packaged, true)
    assert.deepEqual(synthesize({ builtFiles }).toJSON(), unpackaged)
  })

  test("is in the settings' region and in no account yet", () => {
    const stack = createStack({ settings: defineSettings({ region: 'eu-west-1' }) })
    assert.equal(stack.region, 'eu-west-1')
    assert.equal(stack.environment, 'aws://unknown-account/eu-west-1')
  })

  test('says where everything is', () => {
    assert.deepEqual(Object.keys(synthesize().findOutputs('*')).sort(), [
      'BucketName',
      'DistributionDomainName',
      'DistributionId',
      'FunctionUrl',
      'KeyValueStoreArn',
      'SigningKeySecretArn',
    ])
  })

  test('holds nothing but what can be accounted for', () => {
    const types = Object.values(synthesize().toJSON().Resources as Record<string, { Type: string }>)
    assert.deepEqual(types.map(({ Type }) => Type).sort(), [
      'AWS::CloudFront::CachePolicy',
      'AWS::CloudFront::CachePolicy',
      'AWS::CloudFront::Distribution',
      'AWS::CloudFront::Function',
      'AWS::CloudFront::KeyValueStore',
      'AWS::CloudFront::MonitoringSubscription',
      'AWS::CloudFront::OriginAccessControl',
      'AWS::CloudFront::OriginRequestPolicy',
      'AWS::CloudFront::ResponseHeadersPolicy',
      ...Array(12).fill('AWS::CloudWatch::Alarm'),
      'AWS::CloudWatch::Dashboard',
      'AWS::Events::Rule',
      ...Array(3).fill('AWS::IAM::Role'),
      'AWS::Lambda::EventSourceMapping',
      ...Array(3).fill('AWS::Lambda::Function'),
      ...Array(3).fill('AWS::Lambda::Permission'),
      'AWS::Lambda::Url',
      'AWS::Logs::Delivery',
      'AWS::Logs::DeliveryDestination',
      'AWS::Logs::DeliverySource',
      ...Array(4).fill('AWS::Logs::LogGroup'),
      ...Array(9).fill('AWS::Logs::QueryDefinition'),
      'AWS::Logs::ResourcePolicy',
      'AWS::S3::Bucket',
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
      'AWS::S3::BucketPolicy',
      'AWS::SNS::Topic',
      'AWS::SNS::TopicPolicy',
      ...Array(2).fill('AWS::SQS::Queue'),
      ...Array(2).fill('AWS::SQS::QueuePolicy'),
      'AWS::SecretsManager::RotationSchedule',
      'AWS::SecretsManager::Secret',
      'Custom::FoveaSigningKeys',
    ])
  })
})
