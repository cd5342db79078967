import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Match } from 'aws-cdk-lib/assertions'
import { defineSettings } from '../../infra/settings.ts'
import { propertiesOf, synthesize } from './stand-in.ts'

const template = synthesize()
const SECRET = { Ref: Match.stringLikeRegexp('SigningKeysSecret') }
const STORE = { 'Fn::GetAtt': [Match.stringLikeRegexp('KeyValueStore'), 'Arn'] }

suite('the signing key of a deployment', () => {
  test('is made by Secrets Manager: 64 letters and digits, under a kid', () => {
    const { GenerateSecretString, SecretString } = propertiesOf(template, 'AWS::SecretsManager::Secret')
    assert.deepEqual(GenerateSecretString, {
      SecretStringTemplate: '{"kid":"first"}',
      GenerateStringKey: 'secret',
      ExcludePunctuation: true,
      PasswordLength: 64,
    })
    assert.equal(SecretString, undefined)
  })

  test('is copied at deployment, by a resource that is told ARNs alone', () => {
    const { ServiceToken, ServiceTimeout, ...told } = propertiesOf(template, 'Custom::FoveaSigningKeys')
    assert.match(JSON.stringify(ServiceToken), /SigningKeysRotator/)
    assert.equal(ServiceTimeout, '180')
    template.hasResourceProperties('Custom::FoveaSigningKeys', { SecretArn: SECRET, KeyValueStoreArn: STORE })
    assert.deepEqual(Object.keys(told).sort(), ['KeyValueStoreArn', 'SecretArn'])
  })

  test('is rotated every 30 days, after the first was copied', () => {
    template.hasResource('AWS::SecretsManager::RotationSchedule', {
      Properties: { SecretId: SECRET, RotationRules: { AutomaticallyAfterDays: 30 } },
      DependsOn: Match.arrayWith([
        Match.stringLikeRegexp('SigningKeysDeployed'),
        Match.stringLikeRegexp('SigningKeysRotatorMayRotate'),
      ]),
    })
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'secretsmanager.amazonaws.com',
      SourceArn: SECRET,
    })
  })

  test('stays for as long as a URL may live, clocks may differ and backends may keep it', () => {
    const signing = { maxLifetimeSeconds: 7200, clockSkewSeconds: 30 }
    synthesize({ settings: defineSettings({ signing }) }).hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ FOVEA_OVERLAP_SECONDS: String(7200 + 30 + 3600) }) },
    })
  })

  test('is not rotated where the settings say 0, nor made where they say false', () => {
    const kept = synthesize({ settings: defineSettings({ keys: { rotationDays: 0 } }) })
    kept.resourceCountIs('AWS::SecretsManager::Secret', 1)
    kept.resourceCountIs('AWS::SecretsManager::RotationSchedule', 0)
    kept.resourcePropertiesCountIs(
      'AWS::Lambda::Permission',
      { Principal: 'secretsmanager.amazonaws.com' },
      0,
    )
    const none = synthesize({ settings: defineSettings({ keys: false }) })
    none.resourceCountIs('AWS::SecretsManager::Secret', 0)
    none.resourceCountIs('Custom::FoveaSigningKeys', 0)
    assert.deepEqual(none.findOutputs('SigningKeySecretArn'), {})
  })

  for (const rotationDays of [-1, 1.5, 1001, Number.NaN]) {
    test(`is not rotated every ${rotationDays} days`, () => {
      assert.throws(
        () => defineSettings({ keys: { rotationDays } }),
        /expected a whole number of days from 0 to 1000 for keys\.rotationDays/,
      )
    })
  }

  test('knows no other setting', () => {
    const keys = JSON.parse('{"rotation": 30}')
    assert.throws(() => defineSettings({ keys }), /expected only rotationDays for keys/)
  })
})

suite('the function that copies and rotates keys', () => {
  test('may use this secret and this store and write its own log: nothing else', () => {
    const statement = (Action: readonly string[], Resource: unknown) => ({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action, Resource }],
    })
    template.hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: Match.absent(),
      Policies: [
        {
          PolicyName: 'UseSecret',
          PolicyDocument: statement(
            ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map(
              (name) => `secretsmanager:${name}`,
            ),
            SECRET,
          ),
        },
        {
          PolicyName: 'UseStore',
          PolicyDocument: statement(
            ['DeleteKey', 'DescribeKeyValueStore', 'GetKey', 'ListKeys', 'PutKey'].map(
              (name) => `cloudfront-keyvaluestore:${name}`,
            ),
            STORE,
          ),
        },
        Match.objectLike({ PolicyName: 'WriteLog' }),
      ],
    })
  })
})
