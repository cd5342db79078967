import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { composeHeaders } from '../../../edge/cloudfront/response-headers.ts'

suite('composeHeaders', () => {
  const policy = (override: boolean) => [{ name: 'x-a', value: 'policy', override }]

  test('replaces the origin’s header where the policy overrides', () => {
    assert.deepEqual(composeHeaders({ 'x-a': 'origin', 'x-b': '1' }, policy(true)), [
      'x-a',
      'policy',
      'x-b',
      '1',
    ])
  })

  test('leaves the origin’s header where the policy does not override', () => {
    assert.deepEqual(composeHeaders({ 'x-a': 'origin' }, policy(false)), ['x-a', 'origin'])
  })

  test('adds what the origin did not send, overriding or not', () => {
    assert.deepEqual(composeHeaders({}, policy(true)), ['x-a', 'policy'])
    assert.deepEqual(composeHeaders({}, policy(false)), ['x-a', 'policy'])
  })

  for (const name of ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'trailer']) {
    test(`passes ${name}, which is of one connection, on to nobody`, () => {
      assert.deepEqual(composeHeaders({ [name]: 'x', etag: '"1"' }, []), ['etag', '"1"'])
    })
  }
})
