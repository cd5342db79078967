import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { formatOriginalEvent } from '../../../../edge/events/original-events.ts'
import { formatCacheTag } from '../../../../grammar/cache-tag.ts'
import { formatRepeat, readMessage } from '../../../../infra/functions/freshness/read-message.ts'

const read = (key: string) =>
  readMessage(JSON.stringify(formatOriginalEvent('Object Created', key, 'bucket', 0)))

suite('readMessage', () => {
  test('reads an event as AWS shows it', () => {
    // S3 user guide, "EventBridge event message structure", object deleted.
    const event = {
      version: '0',
      id: '2ee9cc15-d022-99ea-1fb8-1b1bac4850f9',
      'detail-type': 'Object Deleted',
      source: 'aws.s3',
      account: '111122223333',
      time: '2021-11-12T00:00:00Z',
      region: 'ca-central-1',
      resources: ['arn:aws:s3:::amzn-s3-demo-bucket1'],
      detail: {
        version: '0',
        bucket: { name: 'amzn-s3-demo-bucket1' },
        object: {
          key: 'example-key',
          etag: 'd41d8cd98f00b204e9800998ecf8427e',
          'version-id': '1QW9g1Z99LUNbvaaYVpW9xDlOLU.qxgF',
          sequencer: '617f0837b476e463',
        },
        'request-id': '0BH729840619AG5K',
        reason: 'DeleteObject',
        'deletion-type': 'Delete Marker Created',
      },
    }
    const expected = { tags: [formatCacheTag('example-key')], repeated: false }
    assert.deepEqual(readMessage(JSON.stringify(event)), expected)
  })

  test('reads what it wrote, as a repetition', () => {
    const tags = [formatCacheTag('a'), formatCacheTag('b')]
    assert.deepEqual(readMessage(formatRepeat(tags)), { tags, repeated: true })
  })

  for (const key of [
    'a b.jpg',
    'café.jpg',
    '100% wool.jpg',
    'a%.jpg',
    'a%zz.jpg',
    'plain/x.jpg',
    '50%FF.jpg',
  ]) {
    test(`takes ${key} as it is`, () => {
      assert.deepEqual(read(key)?.tags, [formatCacheTag(key)])
    })
  }

  for (const [key, decoded] of [
    ['a+b.jpg', 'a b.jpg'],
    ['a%20b.jpg', 'a b.jpg'],
    ['caf%C3%A9/a%2Bb.jpg', 'café/a+b.jpg'],
  ] as const) {
    test(`takes ${key}, which could be encoded, for both`, () => {
      assert.deepEqual(read(key)?.tags, [formatCacheTag(key), formatCacheTag(decoded)])
    })
  }

  for (const body of [
    '',
    'null',
    '[]',
    '{"source":"aws.s3","detail-type":"Object Created","detail":{"object":{"key":""}}}',
    '{"source":"aws.s3","detail-type":"Object Tags Added","detail":{"object":{"key":"a"}}}',
    '{"source":"aws.ec2","detail-type":"Object Created","detail":{"object":{"key":"a"}}}',
    '{"repeat":["o-1"]}',
    '{"repeat":"o-0123456789abcdef0123456789abcdef"}',
  ]) {
    test(`does not take ${body || 'nothing'}`, () => assert.equal(readMessage(body), undefined))
  }
})
