import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { createSigner } from '../../signer/create-signer.ts'
import { retireKey } from '../../signer/keys/signing-keys.ts'
import {
  closeFunctions,
  openFunction,
  type RunningFunction,
} from '../infra/functions/keys/running-function.ts'
import { closeEdges, openEdge, readProblem } from './running-edge.ts'

after(closeFunctions)
after(closeEdges)

/** What a backend does: asks for the secret that is current, and signs a size that needs it. */
function signAsBackend({ secretsManager }: RunningFunction): string {
  const { kid, secret } = JSON.parse(secretsManager.read('AWSCURRENT') ?? '')
  const url = createSigner({ baseUrl: 'https://img.example.com', kid, secret }).signUrl('photo.jpg', {
    width: 301,
  })
  return url.slice('https://img.example.com'.length)
}

suite('a URL signed with the key of Secrets Manager', () => {
  test('is served from the deployment on, through rotations, until its key is retired', async () => {
    const edge = await openEdge()
    const keys = await openFunction({ store: edge.edge.keyValueStore })
    const status = async (url: string) => (await edge.ask(url)).status
    const first = signAsBackend(keys)
    const refused = await edge.ask(first)
    assert.deepEqual([refused.status, readProblem(refused).code], [403, 'signature-unknown-key'])

    await keys.deploy('Create')
    assert.equal(await status(first), 200)
    await keys.rotate()
    const second = signAsBackend(keys)
    assert.notEqual(second, first)
    assert.deepEqual([await status(first), await status(second)], [200, 200])
    await keys.rotate()
    assert.deepEqual(
      [await status(first), await status(second), await status(signAsBackend(keys))],
      [200, 200, 200],
    )

    await retireKey(keys.open(), 'first')
    assert.deepEqual([await status(first), await status(second)], [403, 200])
  })
})
