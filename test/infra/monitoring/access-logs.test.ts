import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { recordFields } from '../../../infra/monitoring/access-logs.ts'
import { defineSettings } from '../../../infra/settings.ts'
import { createStack, propertiesOf, synthesize, templateBeside } from '../stand-in.ts'

/**
 * Fields of standard logging v2. Source: CloudFront developer guide, "Standard logging reference", "Log file fields", and
 * "Configure standard logging (v2)", which adds the last line.
 */
const knownFields = [
  ...[
    'date',
    'time',
    'x-edge-location',
    'sc-bytes',
    'c-ip',
    'cs-method',
    'cs(Host)',
    'cs-uri-stem',
    'sc-status',
  ],
  ...[
    'cs(Referer)',
    'cs(User-Agent)',
    'cs-uri-query',
    'cs(Cookie)',
    'x-edge-result-type',
    'x-edge-request-id',
  ],
  ...[
    'x-host-header',
    'cs-protocol',
    'cs-bytes',
    'time-taken',
    'x-forwarded-for',
    'ssl-protocol',
    'ssl-cipher',
  ],
  ...['x-edge-response-result-type', 'cs-protocol-version', 'fle-status', 'fle-encrypted-fields', 'c-port'],
  ...[
    'time-to-first-byte',
    'x-edge-detailed-result-type',
    'sc-content-type',
    'sc-content-len',
    'sc-range-start',
  ],
  ...['sc-range-end', 'timestamp(ms)', 'origin-fbl', 'origin-lbl', 'asn', 'c-country'],
]

/** What would tell who looked at a picture. */
const personal = ['c-ip', 'c-port', 'x-forwarded-for', 'cs(User-Agent)', 'cs(Cookie)', 'asn']

suite('access logs', () => {
  test("go from the distribution to a log group, as JSON, for the settings' days", () => {
    const settings = defineSettings({ monitoring: { accessLogDays: 7 } })
    const template = synthesize({ settings })
    template.hasResourceProperties('AWS::Logs::DeliverySource', {
      LogType: 'ACCESS_LOGS',
      ResourceArn: {
        'Fn::Join': [
          '',
          Match.arrayWith([':distribution/', { Ref: Match.stringLikeRegexp('PipelineDistribution') }]),
        ],
      },
    })
    template.hasResourceProperties('AWS::Logs::DeliveryDestination', {
      OutputFormat: 'json',
      DestinationResourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('AccessLog'), 'Arn'] },
    })
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: Match.stringLikeRegexp('^/aws/vendedlogs/'),
      RetentionInDays: 7,
    })
  })

  test('have fields that there are, and none that tells who looked', () => {
    const { RecordFields } = propertiesOf(synthesize(), 'AWS::Logs::Delivery')
    assert.deepEqual(RecordFields, [...recordFields])
    for (const field of recordFields) {
      assert.ok(knownFields.includes(field), field)
      assert.ok(!personal.includes(field), field)
    }
  })

  test('have records short enough to be delivered for nothing', () => {
    const longest: Record<(typeof recordFields)[number], string> = {
      date: '2026-11-23',
      time: '11:22:33',
      'x-edge-location': 'FRA60-P11',
      'cs-method': 'GET',
      'cs-uri-stem': '/products/2026/autumn/armchairs/oak-and-linen-armchair-front-view.jpg',
      'cs-uri-query': 'width=1280&height=960&gravity=attention&format=auto',
      'cs(Referer)': 'https://www.example.com/',
      'sc-status': '200',
      'sc-bytes': '1234567',
      'sc-content-type': 'image/avif',
      'time-taken': '0.123',
      'time-to-first-byte': '0.123',
      'x-edge-result-type': 'OriginShieldHit',
      'x-edge-detailed-result-type': 'OriginShieldHit',
      'x-edge-request-id': 'SOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==',
      'origin-fbl': '0.123',
      'origin-lbl': '0.123',
    }
    const bytes = Buffer.byteLength(JSON.stringify(longest))
    assert.ok(bytes <= 750, `${bytes} bytes`)
  })

  test('may be written by log delivery of this account alone, before it begins', () => {
    const template = synthesize()
    const { PolicyDocument } = propertiesOf(template, 'AWS::Logs::ResourcePolicy')
    const text = JSON.stringify(PolicyDocument)
    for (const part of [
      'delivery.logs.amazonaws.com',
      'aws:SourceAccount',
      'aws:SourceArn',
      'logs:PutLogEvents',
    ]) {
      assert.ok(text.includes(part), part)
    }
    assert.doesNotMatch(text, /\\"Resource\\":\\"\*/)
    const [delivery] = Object.values(template.findResources('AWS::Logs::Delivery'))
    assert.ok(delivery?.DependsOn.some((id: string) => id.includes('ResourcePolicy')))
    assert.ok(delivery?.DependsOn.some((id: string) => id.includes('AccessLogSource')))
  })

  test('are in us-east-1, where alone a distribution is a source', () => {
    const stack = createStack({ settings: defineSettings({ region: 'eu-west-1' }) })
    Template.fromStack(stack).resourceCountIs('AWS::Logs::DeliverySource', 0)
    templateBeside(stack, 'FoveaMonitoring').resourceCountIs('AWS::Logs::DeliverySource', 1)
  })

  test('are none where none are wanted, nor their queries', () => {
    const template = synthesize({ settings: defineSettings({ monitoring: { accessLogs: false } }) })
    template.resourceCountIs('AWS::Logs::DeliverySource', 0)
    const functions = Object.keys(template.findResources('AWS::Lambda::Function'))
    template.resourceCountIs('AWS::Logs::LogGroup', functions.length)
  })
})
