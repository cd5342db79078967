// biome-ignore-all lint/suspicious/noTemplateCurlyInString: so CloudFormation writes Fn::Sub

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { evaluate, type Resolve } from '../../../edge/template/evaluate.ts'

const resolve: Resolve = (logicalId, attribute) =>
  logicalId === 'Bucket'
    ? ({ '': 'originals', Arn: 'arn:aws:s3:::originals' } as Record<string, string>)[attribute ?? '']
    : undefined

suite('evaluate', () => {
  const values: readonly (readonly [what: string, value: unknown, expected: unknown])[] = [
    ['a text', 'plain', 'plain'],
    ['a number', 5, 5],
    ['null', null, null],
    ['an empty object', {}, {}],
    ['Ref of a resource', { Ref: 'Bucket' }, 'originals'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Partition' }, 'aws'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::originals'],
    ['GetAtt as a text', { 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:aws:s3:::originals'],
    ['Join', { 'Fn::Join': ['/', ['a', { Ref: 'Bucket' }, 'b']] }, 'a/originals/b'],
    ['Sub of an attribute', { 'Fn::Sub': 'x ${Bucket.Arn}/*' }, 'x arn:aws:s3:::originals/*'],
    [
      'Sub of several references',
      { 'Fn::Sub': '${AWS::Region}.${AWS::URLSuffix} ${Bucket}' },
      'us-east-1.amazonaws.com originals',
    ],
    [
      'Split',
      { 'Fn::Split': [':', { 'Fn::GetAtt': ['Bucket', 'Arn'] }] },
      'arn:aws:s3:::originals'.split(':'),
    ],
    [
      'Select of a Split',
      { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Bucket', 'Arn'] }] }] },
      'originals',
    ],
    ['Select by a text index', { 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    ['intrinsics deep in lists and objects', { a: [{ b: { Ref: 'Bucket' } }] }, { a: [{ b: 'originals' }] }],
    ['Ref beside other names, which is a property', { Ref: 'Bucket', b: 1 }, { Ref: 'Bucket', b: 1 }],
  ]
  for (const [what, value, expected] of values) {
    test(`works out ${what}`, () => assert.deepEqual(evaluate(value, resolve, 'R'), expected))
  }

  test('leaves the template as it was', () => {
    const value = { a: { 'Fn::Join': ['', ['x', { Ref: 'Bucket' }]] } }
    const before = structuredClone(value)
    evaluate(value, resolve, 'R')
    assert.deepEqual(value, before)
  })

  const refused: readonly (readonly [what: string, value: unknown, message: RegExp])[] = [
    ['If', { a: { 'Fn::If': ['C', 1, 2] } }, /^R\.a: .* received Fn::If$/],
    ['ImportValue', [{ 'Fn::ImportValue': 'x' }], /^R\[0\]: .* received Fn::ImportValue$/],
    ['Base64', { 'Fn::Base64': 'x' }, /^R: expected Ref, .* received Fn::Base64$/],
    ['a Ref to nothing', { a: { Ref: 'Nobody' } }, /^R\.a\.Ref: .* received Nobody$/],
    ['a Ref to a name that every object has', { Ref: 'constructor' }, /^R\.Ref: .* received constructor$/],
    ['AWS::NoValue', { Ref: 'AWS::NoValue' }, /^R\.Ref: .* received AWS::NoValue$/],
    ['a Ref that is no text', { Ref: 7 }, /^R\.Ref: expected a text but received 7$/],
    [
      'an unknown attribute',
      { 'Fn::GetAtt': ['Bucket', 'Size'] },
      /^R\.Fn::GetAtt: .* received Bucket\.Size$/,
    ],
    ['GetAtt without an attribute', { 'Fn::GetAtt': 'Bucket' }, /^R\.Fn::GetAtt: expected a text/],
    ['a Sub to nothing', { 'Fn::Sub': '${Nobody.Arn}' }, /^R\.Fn::Sub: .* received Nobody\.Arn$/],
    ['a Sub with variables', { 'Fn::Sub': ['${a}', { a: 1 }] }, /^R\.Fn::Sub: expected a text/],
    ['a Join of no list', { 'Fn::Join': ['', 'ab'] }, /^R\.Fn::Join: expected a list but received "ab"$/],
    ['a Select beyond the list', { 'Fn::Select': [2, ['a']] }, /^R\.Fn::Select: expected an item at 2/],
    ['a Split of no text', { 'Fn::Split': ['/', ['a']] }, /^R\.Fn::Split: expected a text/],
  ]
  for (const [what, value, message] of refused) {
    test(`refuses ${what}, naming where it stands`, () => {
      assert.throws(() => evaluate(value, resolve, 'R'), { message })
    })
  }
})
