import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Match } from 'aws-cdk-lib/assertions'
import { defineSettings } from '../../infra/settings.ts'
import { testRefused } from './refused-settings.ts'
import { synthesize } from './stand-in.ts'

const LIVE = { Ref: Match.stringLikeRegexp('TransformerLive') }

suite('compute settings', () => {
  testRefused('compute', [
    [{ memoryMegabytes: 127 }, /megabytes from 128 to 10240 for compute.memoryMegabytes but received 127/],
    [{ timeoutSeconds: 0 }, /for compute.timeoutSeconds but received 0/],
    [{ timeoutSeconds: 101 }, /for compute.timeoutSeconds but received 101/],
    [{ invokeMode: 'both' }, /one of buffered, stream for compute.invokeMode but received 'both'/],
    [{ reservedConcurrency: 0 }, /runs from 1 to 100000 for compute.reservedConcurrency but received 0/],
    [{ provisionedConcurrency: 1.5 }, /for compute.provisionedConcurrency but received 1.5/],
    [
      { reservedConcurrency: 2, provisionedConcurrency: 3 },
      /sandboxes from 1 to 2 for compute.provisionedConcurrency but received 3/,
    ],
    [{ logRetentionDays: 31 }, /one of 1, 3, .* days for compute.logRetentionDays but received 31/],
    [{ tracing: 'on' }, /true or false for compute.tracing but received 'on'/],
    [{ memory: 1024 }, /expected only memoryMegabytes, .* for compute but received 'memory'/],
  ])
})

suite('concurrency', () => {
  test('is neither reserved nor provisioned unless asked for: new accounts have none to give', () => {
    const template = synthesize()
    template.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: Match.absent() })
    template.resourceCountIs('AWS::Lambda::Alias', 0)
    template.resourceCountIs('AWS::Lambda::Version', 0)
  })

  test('is reserved on request, without an alias', () => {
    const template = synthesize({ settings: defineSettings({ compute: { reservedConcurrency: 50 } }) })
    template.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: 50 })
    template.resourceCountIs('AWS::Lambda::Alias', 0)
  })

  test('is provisioned on request, for an alias that the function URL is on', () => {
    const template = synthesize({ settings: defineSettings({ compute: { provisionedConcurrency: 3 } }) })
    template.hasResourceProperties('AWS::Lambda::Alias', {
      Name: 'live',
      FunctionVersion: { 'Fn::GetAtt': [Match.stringLikeRegexp('TransformerCurrentVersion'), 'Version'] },
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 },
    })
    template.hasResource('AWS::Lambda::Url', {
      Properties: { AuthType: 'AWS_IAM', Qualifier: 'live' },
      DependsOn: [Match.stringLikeRegexp('TransformerLive')],
    })
  })

  test('gives the distribution both permissions on the alias, and only for calls through the URL', () => {
    const template = synthesize({ settings: defineSettings({ compute: { provisionedConcurrency: 3 } }) })
    const shared = {
      FunctionName: LIVE,
      Principal: 'cloudfront.amazonaws.com',
      SourceArn: { 'Fn::Join': ['', Match.arrayWith([{ Ref: Match.stringLikeRegexp('Distribution') }])] },
    }
    template.hasResourceProperties('AWS::Lambda::Permission', {
      ...shared,
      Action: 'lambda:InvokeFunctionUrl',
    })
    template.hasResourceProperties('AWS::Lambda::Permission', {
      ...shared,
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
    })
    template.resourcePropertiesCountIs(
      'AWS::Lambda::Permission',
      { Principal: 'cloudfront.amazonaws.com' },
      4,
    )
  })

  test('publishes another version where a setting of the transformer changes', () => {
    const versionOf = (maxSourcePixels: number) =>
      Object.keys(
        synthesize({
          settings: defineSettings({ compute: { provisionedConcurrency: 1 }, limits: { maxSourcePixels } }),
        }).findResources('AWS::Lambda::Version'),
      )
    const [one, same, other] = [versionOf(1000), versionOf(1000), versionOf(2000)]
    assert.equal(one.length, 1)
    assert.deepEqual(one, same)
    assert.notDeepEqual(one, other)
  })
})

suite("the transformer's log", () => {
  test('is kept as long as the settings say', () => {
    const settings = defineSettings({ compute: { logRetentionDays: 400 } })
    synthesize({ settings }).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 400 })
  })
})

suite('tracing', () => {
  test('is off, and the role may write no traces', () => {
    const template = synthesize()
    template.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: Match.absent() })
    assert.doesNotMatch(JSON.stringify(template.toJSON()), /xray/)
  })

  test('is one property away', () => {
    const template = synthesize({ settings: defineSettings({ compute: { tracing: true } }) })
    template.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } })
    template.hasResourceProperties('AWS::IAM::Role', {
      Policies: Match.arrayWith([
        {
          PolicyName: 'WriteTraces',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
                Resource: '*',
              },
            ],
          },
        },
      ]),
    })
    template.resourceCountIs('AWS::IAM::Policy', 0)
  })
})
