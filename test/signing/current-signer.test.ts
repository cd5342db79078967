import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { createFakeSecretsManager } from '../infra/functions/keys/fake-secrets-manager.ts'
import { firstKey } from '../infra/functions/keys/running-function.ts'
import { root } from '../project-files.ts'

const credentials = { accessKeyId: 'LOCALBACKEND', secretAccessKey: 'of no use elsewhere' }
const secretsManager = createFakeSecretsManager(JSON.stringify(firstKey), credentials)
after(secretsManager.close)

suite('docs/current-signer.mjs', () => {
  test('signs with the key that is current, and asks again after five minutes', async () => {
    Object.assign(process.env, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: await secretsManager.listen(),
    })
    const recipe = pathToFileURL(join(root, 'docs/current-signer.mjs')).href
    const { openSigner } = await import(recipe)
    let now = Date.now()
    const currentSigner = openSigner(secretsManager.arn, 'https://img.example.com', () => now)
    const signedBy = async () => new URL((await currentSigner()).signUrl('a.jpg')).searchParams.get('kid')
    assert.equal(await signedBy(), 'first')

    const next = { kid: 'k20261123-ab12', secret: firstKey.secret.split('').reverse().join(''), older: [] }
    for (const version of secretsManager.versions.values()) version.text = JSON.stringify(next)
    assert.equal(await signedBy(), 'first')
    now += 301_000
    assert.equal(await signedBy(), next.kid)
    assert.equal(secretsManager.calls.length, 2)

    for (const version of secretsManager.versions.values()) version.text = undefined
    now += 301_000
    assert.equal(await signedBy(), next.kid, 'without an answer the one before is good')
  })
})
