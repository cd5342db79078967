import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { defineSettings } from '../../../infra/settings.ts'
import { createStack, propertiesOf, synthesize, templateBeside } from '../stand-in.ts'

suite('the topic of alarms', () => {
  test('takes what alarms and the budget of its own account publish, over TLS', () => {
    const topic = { Ref: Match.stringLikeRegexp('Alarms') }
    synthesize().hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [topic],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Action: 'sns:Publish',
            Principal: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            Resource: topic,
            Sid: Match.anyValue(),
          },
          {
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
            Resource: topic,
            Sid: 'AllowAlarms',
          },
        ],
      },
    })
  })

  test('is subscribed to by nobody as it comes', () => {
    synthesize().resourceCountIs('AWS::SNS::Subscription', 0)
  })

  test('writes to the address of the settings, in both regions where there are two', () => {
    const settings = defineSettings({ region: 'eu-west-1', monitoring: { alarmEmail: 'oncall@example.com' } })
    const stack = createStack({ settings })
    for (const template of [Template.fromStack(stack), templateBeside(stack, 'FoveaMonitoring')]) {
      const { Protocol, Endpoint } = propertiesOf(template, 'AWS::SNS::Subscription')
      assert.deepEqual([Protocol, Endpoint], ['email', 'oncall@example.com'])
    }
  })

  test('is told by the budget, unless that names another', () => {
    const budget = { monthlyDollars: 100, emails: ['a@b.example'] }
    const told = (topicArn?: string) => {
      const protection = { budget: { ...budget, topicArn } }
      const resource = propertiesOf(
        synthesize({ settings: defineSettings({ protection }) }),
        'AWS::Budgets::Budget',
      )
      const [notice] = resource.NotificationsWithSubscribers as { Subscribers: { Address: unknown }[] }[]
      return notice?.Subscribers.map(({ Address }) => Address)
    }
    const own = told()?.at(-1) as { Ref: string }
    assert.match(own.Ref, /MonitoringAlarms/)
    const another = 'arn:aws:sns:us-east-1:111122223333:alarms'
    assert.deepEqual(told(another), ['a@b.example', another])
  })
})
