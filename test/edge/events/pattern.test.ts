import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { matchesPattern } from '../../../edge/events/pattern.ts'

const pattern = { source: ['aws.s3'], detail: { bucket: { name: ['one', 'two'] } } }

suite('matchesPattern', () => {
  for (const [event, expected] of [
    [{ source: 'aws.s3', detail: { bucket: { name: 'two' } }, more: 1 }, true],
    [{ source: 'aws.s3', detail: { bucket: { name: 'three' } } }, false],
    [{ source: 'aws.ec2', detail: { bucket: { name: 'one' } } }, false],
    [{ source: 'aws.s3' }, false],
    [{ source: 'aws.s3', detail: { bucket: 'one' } }, false],
  ] as const) {
    test(`says ${expected} of ${JSON.stringify(event)}`, () =>
      assert.equal(matchesPattern(pattern, event), expected))
  }

  test('refuses a pattern that it does not play', () => {
    assert.throws(
      () => matchesPattern({ source: [{ prefix: 'aws' }] }, {}),
      /does not play \{"prefix":"aws"\}/,
    )
  })
})
