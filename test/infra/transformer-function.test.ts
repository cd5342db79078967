import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Match } from 'aws-cdk-lib/assertions'
import { defineSettings } from '../../infra/settings.ts'
import { hashTransformer } from '../../infra/transformer-asset.ts'
import { synthesize, writeBuiltFiles } from './stand-in.ts'

const BUCKET = { 'Fn::GetAtt': [Match.stringLikeRegexp('Originals'), 'Arn'] }

suite('the originals', () => {
  test('are private, versioned, encrypted and owned by the bucket', () => {
    synthesize().hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    })
  })

  test('outlive the stack', () => {
    synthesize().hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
  })

  test('are refused over plain HTTP', () => {
    synthesize().hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ],
      },
    })
  })
})

suite("the transformer's role", () => {
  test('may read originals, tell a missing one, and write its own log: nothing else', () => {
    const template = synthesize()
    template.hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: Match.absent(),
      Policies: [
        {
          PolicyName: 'ReadOriginals',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::Join': ['', [BUCKET, '/*']] } },
              { Effect: 'Allow', Action: 's3:ListBucket', Resource: BUCKET },
            ],
          },
        },
        {
          PolicyName: 'WriteLog',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('TransformerLog'), 'Arn'] },
              },
            ],
          },
        },
      ],
    })
  })

  test('may restore originals, and only these, where the settings ask for it', () => {
    const settings = defineSettings({ restoreArchived: { days: 1, tier: 'Standard' } })
    synthesize({ settings }).hasResourceProperties('AWS::IAM::Role', {
      Policies: Match.arrayWith([
        Match.objectLike({
          PolicyName: 'ReadOriginals',
          PolicyDocument: {
            Statement: Match.arrayWith([
              {
                Effect: 'Allow',
                Action: ['s3:GetObject', 's3:RestoreObject'],
                Resource: { 'Fn::Join': Match.anyValue() },
              },
            ]),
          },
        }),
      ]),
    })
    assert.doesNotMatch(JSON.stringify(synthesize().toJSON()), /RestoreObject/)
  })

  test('is one of three, with no policy beside them', () => {
    const template = synthesize()
    template.resourceCountIs('AWS::IAM::Role', 3)
    template.resourceCountIs('AWS::IAM::Policy', 0)
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0)
  })

  test('has no wildcard action, nor has another role', () => {
    const roles = JSON.stringify(synthesize().findResources('AWS::IAM::Role'))
    const actions = roles.match(/"Action":("[^"]*"|\[[^\]]*\])/g) ?? []
    // Whom each may be taken by, and its statements.
    assert.equal(actions.length, 3 + 3 + 3 + 3)
    assert.doesNotMatch(actions.join(), /\*/)
    assert.doesNotMatch(roles, /ManagedPolicyArns|"Resource":"\*"/)
  })
})

suite('the transformer', () => {
  test('runs Node 24 on arm64 with one vCPU for ten seconds', () => {
    synthesize().hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 1769,
      Timeout: 10,
    })
  })

  test('follows the settings', () => {
    const settings = defineSettings({
      compute: { memoryMegabytes: 3538, timeoutSeconds: 20 },
      limits: { maxSourcePixels: 7 },
    })
    const template = synthesize({ settings })
    template.hasResourceProperties('AWS::Lambda::Function', {
      MemorySize: 3538,
      Timeout: 20,
      Environment: { Variables: { FOVEA_MAX_SOURCE_PIXELS: '7' } },
    })
  })

  test('knows its bucket, its limits and its fingerprint', () => {
    const builtFiles = writeBuiltFiles()
    synthesize({ builtFiles }).hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          IMAGE_BUCKET: { Ref: Match.stringLikeRegexp('Originals') },
          FOVEA_MAX_SOURCE_BYTES: '52428800',
          FOVEA_MAX_SOURCE_PIXELS: '100000000',
          FOVEA_MAX_OUTPUT_PIXELS: '40000000',
          FOVEA_METRICS: 'on',
          FOVEA_FINGERPRINT: hashTransformer(builtFiles.lambdaFolder, builtFiles.lockFile),
          UV_THREADPOOL_SIZE: '2',
          MALLOC_ARENA_MAX: '2',
          MALLOC_MMAP_THRESHOLD_: '262144',
          MALLOC_TRIM_THRESHOLD_: '1048576',
        },
      },
    })
  })

  test('writes to a log of its own that is kept a month', () => {
    const template = synthesize()
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 })
    template.hasResourceProperties('AWS::Lambda::Function', {
      LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('TransformerLog') } },
    })
  })
})
