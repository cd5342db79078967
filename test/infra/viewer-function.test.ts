import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Match } from 'aws-cdk-lib/assertions'
import { formatSettings } from '../../grammar/format-settings.ts'
import { defineSettings, viewerFunctionSettings } from '../../infra/settings.ts'
import { propertiesOf, synthesize } from './stand-in.ts'

suite('the edge function', () => {
  test('runs in runtime 2.0, published, with the one store', () => {
    synthesize().hasResourceProperties('AWS::CloudFront::Function', {
      AutoPublish: true,
      FunctionConfig: {
        Runtime: 'cloudfront-js-2.0',
        KeyValueStoreAssociations: [
          { KeyValueStoreARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('KeyValueStore'), 'Arn'] } },
        ],
      },
    })
  })

  test('holds the settings and no placeholder', () => {
    const settings = defineSettings({ ladder: [111, 222] })
    const { FunctionCode: code } = propertiesOf(synthesize({ settings }), 'AWS::CloudFront::Function')
    const compiled = formatSettings(viewerFunctionSettings(settings))
    assert.equal(code, `const FOVEA_SETTINGS=${compiled};function handler(e){return e.request}`)
  })

  test('is the only function, at viewer request', () => {
    const template = synthesize()
    template.resourceCountIs('AWS::CloudFront::Function', 1)
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        DefaultCacheBehavior: {
          FunctionAssociations: [
            {
              EventType: 'viewer-request',
              FunctionARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('ViewerFunction'), 'FunctionARN'] },
            },
          ],
          LambdaFunctionAssociations: Match.absent(),
        },
      },
    })
  })
})

suite('the key value store', () => {
  test('is created empty: values in a template could be read by many', () => {
    const store = propertiesOf(synthesize(), 'AWS::CloudFront::KeyValueStore')
    assert.deepEqual(Object.keys(store).sort(), ['Comment', 'Name', 'Tags'])
  })
})
