import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { defineSettings } from '../../../infra/settings.ts'
import { propertiesOf, synthesize } from '../stand-in.ts'

const settings = defineSettings({ monitoring: { rum: { domain: 'shop.example.com', visitPercent: 25 } } })
const template = synthesize({ settings })

suite('the app monitor', () => {
  test('takes the performance of one visit in four from pages of the domain, without cookies', () => {
    template.hasResourceProperties('AWS::RUM::AppMonitor', {
      Domain: 'shop.example.com',
      CwLogEnabled: false,
      AppMonitorConfiguration: {
        AllowCookies: false,
        EnableXRay: false,
        SessionSampleRate: 0.25,
        Telemetries: ['performance'],
      },
    })
  })

  test('lets anyone report, to itself alone, and do nothing else', () => {
    const { Name, ResourcePolicy } = propertiesOf(template, 'AWS::RUM::AppMonitor') as {
      Name: string
      ResourcePolicy: { PolicyDocument: { 'Fn::Join': [string, unknown[]] } }
    }
    const text = ResourcePolicy.PolicyDocument['Fn::Join'][1]
      .map((part) => (typeof part === 'string' ? part : 'X'))
      .join('')
    assert.deepEqual(JSON.parse(text), {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 'rum:PutRumEvents',
          Resource: `arn:X:rum:us-east-1:X:appmonitor/${Name}`,
        },
      ],
    })
  })

  test('hands out no credentials: there is no identity pool', () => {
    template.resourceCountIs('AWS::Cognito::IdentityPool', 0)
    const functions = Object.keys(template.findResources('AWS::Lambda::Function'))
    template.resourceCountIs('AWS::IAM::Role', functions.length)
  })

  test('says its id, which the snippet needs', () => {
    const outputs = Object.entries(template.findOutputs('*')).filter(([id]) => id.includes('AppMonitorId'))
    assert.equal(outputs.length, 1)
  })

  test('is none where no domain is set', () => {
    synthesize().resourceCountIs('AWS::RUM::AppMonitor', 0)
  })
})
