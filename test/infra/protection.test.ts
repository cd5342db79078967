import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { App } from 'aws-cdk-lib'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { defineSettings, type GivenSettings } from '../../infra/settings.ts'
import { testRefused } from './refused-settings.ts'
import { createStack, listStacks, synthesize } from './stand-in.ts'

const webAclArn =
  'arn:aws:wafv2:us-east-1:111122223333:global/webacl/mine/1234abcd-12ab-34cd-56ef-1234567890ab'
const emails = ['platform@example.com']

function synthesizeProtection(protection: GivenSettings['protection'], region = 'us-east-1'): Template {
  return synthesize({ settings: defineSettings({ protection, region }) })
}

suite('protection settings', () => {
  testRefused('protection', [
    [
      { waf: { requestsPerFiveMinutes: 9 } },
      /requests from 10 to .* for protection.waf.requestsPerFiveMinutes/,
    ],
    [{ waf: { commonRules: 'yes' } }, /true or false for protection.waf.commonRules/],
    [{ waf: {}, webAclArn }, /either waf or webAclArn for protection/],
    [{ webAclArn: webAclArn.replace('global', 'regional') }, /a global web ACL in us-east-1/],
    [{ budget: { emails } }, /dollars above 0 for protection.budget.monthlyDollars but received 0/],
    [{ budget: { monthlyDollars: 5 } }, /emails or a topicArn to tell for protection.budget/],
    [{ budget: { monthlyDollars: 5, emails: ['nobody'] } }, /at most 10 e-mail addresses/],
    [{ budget: { monthlyDollars: 5, topicArn: 'alarms' } }, /the ARN of an SNS topic/],
    [{ budget: { monthlyDollars: 5, emails, scope: 'all' } }, /one of account, deployment/],
  ])
})

suite('the web ACL', () => {
  const template = synthesizeProtection({ waf: {} })

  test('is not there unless asked for: it is billed by request', () => {
    const none = synthesize()
    none.resourceCountIs('AWS::WAFv2::WebACL', 0)
    none.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { WebACLId: Match.absent() },
    })
  })

  test('stands before the distribution and lets pass what no rule stops', () => {
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'CLOUDFRONT',
      DefaultAction: { Allow: {} },
    })
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { WebACLId: { 'Fn::GetAtt': [Match.stringLikeRegexp('WebAcl'), 'Arn'] } },
    })
  })

  test('bounds the requests of one address with 429', () => {
    synthesizeProtection({ waf: { requestsPerFiveMinutes: 777 } }).hasResourceProperties(
      'AWS::WAFv2::WebACL',
      {
        Rules: Match.arrayWith([
          Match.objectLike({
            Priority: 0,
            Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
            Statement: {
              RateBasedStatement: { AggregateKeyType: 'IP', Limit: 777, EvaluationWindowSec: 300 },
            },
          }),
        ]),
      },
    )
  })

  test("has AWS's common rules, of which those that would refuse good requests only count", () => {
    const count = { ActionToUse: { Count: {} } }
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Rules: Match.arrayWith([
        Match.objectLike({
          OverrideAction: { None: {} },
          Statement: {
            ManagedRuleGroupStatement: {
              VendorName: 'AWS',
              Name: 'AWSManagedRulesCommonRuleSet',
              RuleActionOverrides: [
                { Name: 'SizeRestrictions_URIPATH', ...count },
                { Name: 'SizeRestrictions_QUERYSTRING', ...count },
                { Name: 'NoUserAgent_HEADER', ...count },
              ],
            },
          },
        }),
      ]),
    })
  })

  test('does without them on request', () => {
    const [webAcl] = Object.values(
      synthesizeProtection({ waf: { commonRules: false } }).findResources('AWS::WAFv2::WebACL'),
    )
    assert.deepEqual(
      webAcl?.Properties.Rules.map(({ Name }: { Name: string }) => Name),
      ['Rate'],
    )
  })

  test('may be one that is there already', () => {
    const other = synthesizeProtection({ webAclArn }, 'eu-west-1')
    other.resourceCountIs('AWS::WAFv2::WebACL', 0)
    other.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { WebACLId: webAclArn },
    })
  })

  test('is in a stack of its own in us-east-1 where the deployment is elsewhere', () => {
    const settings = defineSettings({ protection: { waf: {} }, region: 'eu-west-1', tags: { team: 'web' } })
    const stack = createStack({ settings })
    const assembly = (stack.node.root as App).synth()
    assert.deepEqual(
      assembly.stacks.map(({ stackName, environment }) => [stackName, environment.region]),
      [
        ['FoveaProtection', 'us-east-1'],
        ['Fovea', 'eu-west-1'],
        ['FoveaMonitoring', 'us-east-1'],
      ],
    )
    const [protection, main] = assembly.stacks.map(({ template: json }) => Template.fromJSON(json))
    protection?.hasResourceProperties('AWS::WAFv2::WebACL', {
      Tags: [
        { Key: 'fovea:deployment', Value: 'Fovea' },
        { Key: 'fovea:part', Value: 'protection' },
        { Key: 'team', Value: 'web' },
      ],
    })
    main?.resourceCountIs('AWS::WAFv2::WebACL', 0)
    const [distribution] = Object.values(main?.findResources('AWS::CloudFront::Distribution') ?? {})
    assert.match(JSON.stringify(distribution?.Properties.DistributionConfig.WebACLId), /WebAcl/)
  })

  test('needs no stack of its own where there is none', () => {
    const settings = defineSettings({ region: 'eu-west-1' })
    assert.ok(listStacks({ settings }).every(({ name }) => name !== 'FoveaProtection'))
  })
})

suite('the budget', () => {
  test('is not there unless somebody is to be told', () => {
    synthesize().resourceCountIs('AWS::Budgets::Budget', 0)
  })

  for (const [alarms, stackName] of [
    [false, 'FoveaProtection'],
    // Beside the topic that it tells, which is deployed after the pipeline.
    [true, 'FoveaMonitoring'],
  ] as const) {
    test(`is in us-east-1, where alone CloudFormation makes one, ${alarms ? 'with' : 'without'} alarms`, () => {
      const settings = defineSettings({
        protection: { budget: { monthlyDollars: 1, emails } },
        monitoring: { alarms },
        region: 'eu-west-1',
      })
      const withBudget = listStacks({ settings }).filter(({ template }) =>
        JSON.stringify(template).includes('AWS::Budgets::Budget'),
      )
      assert.deepEqual(
        withBudget.map(({ name, region }) => [name, region]),
        [[stackName, 'us-east-1']],
      )
    })
  }

  test('tells of what is spent and of what is forecast', () => {
    const topicArn = 'arn:aws:sns:us-east-1:111122223333:alarms'
    const Subscribers = [
      { SubscriptionType: 'EMAIL', Address: 'platform@example.com' },
      { SubscriptionType: 'SNS', Address: topicArn },
    ]
    const Notification = (NotificationType: string, Threshold: number) => ({
      NotificationType,
      Threshold,
      ThresholdType: 'PERCENTAGE',
      ComparisonOperator: 'GREATER_THAN',
    })
    const budget = { monthlyDollars: 99.5, emails, topicArn }
    synthesizeProtection({ budget }).hasResourceProperties('AWS::Budgets::Budget', {
      Budget: {
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: 99.5, Unit: 'USD' },
        CostFilters: Match.absent(),
      },
      NotificationsWithSubscribers: [
        { Notification: Notification('ACTUAL', 80), Subscribers },
        { Notification: Notification('FORECASTED', 100), Subscribers },
      ],
    })
  })

  test('counts what is tagged as of this deployment on request', () => {
    const budget = { monthlyDollars: 1, emails, scope: 'deployment' as const }
    synthesizeProtection({ budget }).hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { CostFilters: { TagKeyValue: ['user:fovea:deployment$Fovea'] } },
    })
  })
})
