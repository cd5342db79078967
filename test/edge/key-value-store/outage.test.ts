import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { createSigner } from '../../../signer/create-signer.ts'
import { openKeyStore } from '../../../signer/keys/key-store.ts'
import { newKey } from '../../../signer/keys/signing-keys.ts'
import { closeEdges, openEdge, readProblem } from '../running-edge.ts'

after(closeEdges)

suite('an edge whose KeyValueStore is out of reach', () => {
  test('refuses signed URLs with 403 while it is, and serves all others', async () => {
    let reachable = true
    const { edge, ask } = await openEdge({ isStoreReachable: () => reachable })
    assert.ok(edge.keyValueStore)
    const store = openKeyStore(edge.keyValueStore)
    const key = await newKey(store)
    store.close()
    const signer = createSigner({ ...key, baseUrl: 'http://localhost' })
    const signed = signer.signUrl('photo.jpg', { width: 301 }).slice('http://localhost'.length)
    const statuses = async () =>
      Promise.all(['/photo.jpg?width=320', signed].map(async (target) => (await ask(target)).status))
    assert.deepEqual(await statuses(), [200, 200])
    reachable = false
    assert.deepEqual(await statuses(), [200, 403])
    assert.equal(readProblem(await ask(signed)).code, 'signature-no-store')
    reachable = true
    assert.deepEqual(await statuses(), [200, 200])
  })
})
