import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Match, type Template } from 'aws-cdk-lib/assertions'
import { defineSettings, type GivenSettings } from '../../infra/settings.ts'
import { testRefused } from './refused-settings.ts'
import { synthesize } from './stand-in.ts'

const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

function synthesizeStorage(storage: GivenSettings['storage']): Template {
  return synthesize({ settings: defineSettings({ storage }) })
}

/** The lifecycle rules of the bucket with this part in its logical id, by their ids. */
function rulesOf(template: Template, part: string): Record<string, Record<string, unknown>> {
  const buckets = Object.entries(template.findResources('AWS::S3::Bucket')).filter(([id]) =>
    id.includes(part),
  )
  assert.equal(buckets.length, 1)
  const rules: { Id: string; Status: string }[] = buckets[0]?.[1].Properties.LifecycleConfiguration.Rules
  return Object.fromEntries(rules.map(({ Id, Status, ...rule }) => [`${Id} ${Status}`, rule]))
}

suite('storage settings', () => {
  testRefused('storage', [
    [{ noncurrentArchiveDays: 0 }, /days from 1 to 36500 for storage.noncurrentArchiveDays but received 0/],
    [{ logExpiryDays: 4000 }, /for storage.logExpiryDays but received 4000/],
    [{ incompleteUploadDays: 0 }, /for storage.incompleteUploadDays/],
    [{ intelligentTiering: 1 }, /true or false for storage.intelligentTiering/],
    [{ accessLog: 'yes' }, /true or false for storage.accessLog/],
    [{ archive: {} }, /a list of at most 100 rules for storage.archive/],
    [{ archive: [{ afterDays: 0 }] }, /for storage.archive\[0\].afterDays but received 0/],
    [{ archive: [{ afterDays: 1, prefix: '/raw' }] }, /for storage.archive\[0\].prefix but received '\/raw'/],
    [{ archive: [{ afterDays: 1, tag: { key: 'a' } }] }, /a key and a value for storage.archive\[0\].tag/],
    [{ archive: [{ days: 1 }] }, /for storage.archive\[0\] but received 'days'/],
    [{ bucket: { name: 'Upper' } }, /the name of a bucket for storage.bucket.name but received 'Upper'/],
    [{ bucket: { name: 'mine', account: 12 } }, /twelve digits .* for storage.bucket.account/],
    [{ bucket: { name: 'mine', keyArn: 'alias/x' } }, /the ARN of a KMS key .* for storage.bucket.keyArn/],
    [{ bucket: { name: 'mine', region: 'x' } }, /only name, account, keyArn for storage.bucket/],
    [
      { bucket: { name: 'mine' }, archive: [{ afterDays: 1 }] },
      /no archive beside a bucket that is there already/,
    ],
    [{ bucket: { name: 'mine' }, accessLog: false }, /no accessLog beside a bucket/],
  ])
})

suite('the lifecycle of originals', () => {
  test('archives what was overwritten or deleted, tiers what is current, and removes what was never completed', () => {
    assert.deepEqual(rulesOf(synthesize(), 'Originals'), {
      'IncompleteUploads Enabled': { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
      'Noncurrent Enabled': {
        NoncurrentVersionTransitions: [{ StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 90 }],
      },
      'Current Enabled': { Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 0 }] },
    })
  })

  test('archives current ones by prefix, by tag, by both and by neither', () => {
    const tag = { key: 'keep', value: 'cold' }
    const archive = [
      { prefix: 'raw/', afterDays: 180 },
      { tag, afterDays: 1 },
      { prefix: 'old/', tag, afterDays: 2 },
      { afterDays: 3650 },
    ]
    const rules = rulesOf(synthesizeStorage({ archive }), 'Originals')
    const after = (days: number) => ({
      Transitions: [{ StorageClass: 'DEEP_ARCHIVE', TransitionInDays: days }],
    })
    const TagFilters = [{ Key: 'keep', Value: 'cold' }]
    assert.deepEqual(rules['Archive1 Enabled'], { Prefix: 'raw/', ...after(180) })
    assert.deepEqual(rules['Archive2 Enabled'], { TagFilters, ...after(1) })
    assert.deepEqual(rules['Archive3 Enabled'], { Prefix: 'old/', TagFilters, ...after(2) })
    assert.deepEqual(rules['Archive4 Enabled'], after(3650))
  })

  test('leaves current ones where they are on request', () => {
    const rules = rulesOf(synthesizeStorage({ intelligentTiering: false }), 'Originals')
    assert.deepEqual(Object.keys(rules), ['IncompleteUploads Enabled', 'Noncurrent Enabled'])
  })

  test('never removes an original', () => {
    assert.doesNotMatch(JSON.stringify(rulesOf(synthesize(), 'Originals')), /Expir/)
  })
})

suite('the log bucket', () => {
  const template = synthesize()

  test('holds the access log of the originals, which nobody but S3 may write, and only for this bucket', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: {
        DestinationBucketName: { Ref: Match.stringLikeRegexp('PipelineLogs') },
        LogFilePrefix: 'originals/',
      },
    })
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: Match.stringLikeRegexp('PipelineLogs') },
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Effect: 'Allow',
            Action: 's3:PutObject',
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Resource: {
              'Fn::Join': ['', [{ 'Fn::GetAtt': [Match.stringLikeRegexp('Logs'), 'Arn'] }, '/originals/*']],
            },
            Condition: {
              ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [Match.stringLikeRegexp('Originals'), 'Arn'] } },
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            },
          },
        ]),
      },
    })
  })

  test('is private and HTTPS only, and takes no ACL whatever the app around it says', () => {
    const [, logs] =
      Object.entries(template.findResources('AWS::S3::Bucket')).find(([id]) => id.includes('Logs')) ?? []
    assert.equal(logs?.Properties.AccessControl, undefined)
    assert.deepEqual(logs?.Properties.OwnershipControls.Rules, [{ ObjectOwnership: 'BucketOwnerEnforced' }])
    assert.deepEqual(Object.values(logs?.Properties.PublicAccessBlockConfiguration), [true, true, true, true])
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: Match.stringLikeRegexp('PipelineLogs') },
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    })
  })

  test('forgets after the days of the settings', () => {
    const rules = rulesOf(synthesizeStorage({ logExpiryDays: 14 }), 'Logs')
    assert.equal(rules['Expire Enabled']?.ExpirationInDays, 14)
    assert.equal(rulesOf(template, 'Logs')['Expire Enabled']?.ExpirationInDays, 90)
  })

  test('is not made where nothing is logged', () => {
    synthesizeStorage({ accessLog: false }).resourceCountIs('AWS::S3::Bucket', 1)
  })
})

suite('a bucket that is there already', () => {
  const template = synthesizeStorage({ bucket: { name: 'masters', account: '444455556666', keyArn } })

  test('is read by name, and nothing is made or changed beside it', () => {
    template.resourceCountIs('AWS::S3::Bucket', 0)
    template.resourceCountIs('AWS::S3::BucketPolicy', 0)
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { IMAGE_BUCKET: 'masters' } },
    })
  })

  test('is read only where its account owns it, and its key only decrypts', () => {
    const owner = { StringEquals: { 's3:ResourceAccount': '444455556666' } }
    const bucket = ['arn:', { Ref: 'AWS::Partition' }, ':s3:::masters']
    template.hasResourceProperties('AWS::IAM::Role', {
      Policies: Match.arrayWith([
        {
          PolicyName: 'ReadOriginals',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 's3:GetObject',
                Resource: { 'Fn::Join': ['', [...bucket.slice(0, 2), ':s3:::masters/*']] },
                Condition: owner,
              },
              {
                Effect: 'Allow',
                Action: 's3:ListBucket',
                Resource: { 'Fn::Join': ['', bucket] },
                Condition: owner,
              },
              { Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn },
            ],
          },
        },
      ]),
    })
  })

  test("of this account is read only where it is this account's", () => {
    const own = synthesizeStorage({ bucket: { name: 'masters' } })
    assert.match(
      JSON.stringify(own.findResources('AWS::IAM::Role')),
      /"s3:ResourceAccount":\{"Ref":"AWS::AccountId"\}/,
    )
    assert.deepEqual(own.findOutputs('BucketPolicy'), {})
  })

  test('of another account has its policies printed, which name the role and nobody else', () => {
    for (const [output, actions] of [
      ['BucketPolicy', ['s3:GetObject', 's3:ListBucket']],
      ['KeyPolicy', ['kms:Decrypt']],
    ] as const) {
      const [{ Value }] = Object.values(template.findOutputs(output)) as [{ Value: unknown }]
      const parts: unknown[] = (Value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1]
      assert.ok(
        parts.some(
          (part) => typeof part === 'object' && /TransformerRole\w*","Arn"/.test(JSON.stringify(part)),
        ),
      )
      const text = parts.map((part) => (typeof part === 'string' ? part : 'TOKEN')).join('')
      const { Statement } = JSON.parse(text)
      assert.deepEqual(
        Statement.map(({ Action }: { Action: string }) => Action),
        actions,
      )
      for (const { Effect, Principal } of Statement) {
        assert.deepEqual([Effect, Principal], ['Allow', { AWS: 'TOKEN' }])
      }
    }
  })
})
