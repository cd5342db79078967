import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createCountingStore, explainToken, signingKey } from '../../../bench/viewer-fn/store.ts'

suite('createCountingStore', () => {
  test('holds the key and the token, and counts every read, of what is missing too', () => {
    const { store, countReads } = createCountingStore()
    const read = [`sign.${signingKey.id}`, 'explain', 'sign.other'].map((name) => store.get(name))
    assert.deepEqual(read, [signingKey.secret, explainToken, undefined])
    assert.equal(countReads(), 3)
  })
})
