import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, suite, test } from 'node:test'
import { inspect } from 'node:util'
import { setExplainToken } from '../../../signer/keys/explain-token.ts'
import { type KeyStore, openKeyStore } from '../../../signer/keys/key-store.ts'
import { KeyStoreError, type KeyStoreErrorCode } from '../../../signer/keys/key-store-error.ts'
import { createSecret } from '../../../signer/keys/secret.ts'
import { listKeys, newKey, retireKey } from '../../../signer/keys/signing-keys.ts'
import { closeLocalStores, openLocalStore } from './local-store.ts'

const closing: (() => unknown)[] = [closeLocalStores]
after(async () => {
  for (const close of closing) await close()
})

const arn = 'arn:aws:cloudfront::000000000000:key-value-store/00000000-0000-0000-0000-000000000000'
const credentials = { accessKeyId: 'A', secretAccessKey: 'the-access-secret-of-somebody' }

/** A store of an endpoint that says `ETag`, and refuses writes in its own way, repeating what it was sent. */
async function openHostile(status: number, errorType: string): Promise<KeyStore> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const sent: { Value?: string } = JSON.parse(body || '{}')
      const told = errorType.replace('$SECRET', sent.Value ?? '')
      const isWrite = request.method === 'PUT' || request.method === 'DELETE'
      response.writeHead(isWrite ? status : 200, { etag: 'KV', 'x-amzn-errortype': isWrite ? told : '' })
      response.end(JSON.stringify(isWrite ? { Message: `refused: ${body}`, ...sent } : {}))
    })
  })
  return openStoreOf(server)
}

/** A store whose API is `server`, which is not listening yet. */
async function openStoreOf(server: Server): Promise<KeyStore> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://localhost:${(server.address() as AddressInfo).port}`
  const store = openKeyStore({ arn, endpoint, credentials })
  closing.push(() => {
    store.close()
    server.close()
  })
  return store
}

suite('KeyStoreError', () => {
  test('is denied with credentials of somebody else', async () => {
    const { open } = await openLocalStore()
    for (const refused of [credentials, { ...credentials, accessKeyId: 'LOCALKEYVALUESTORE' }]) {
      const store = open({ credentials: refused })
      await assert.rejects(listKeys(store), { code: 'denied' })
      await assert.rejects(newKey(store), { code: 'denied' })
    }
  })

  test('is denied where there are no credentials', async () => {
    const { open } = await openLocalStore()
    const none = Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' })
    await assert.rejects(listKeys(open({ credentials: () => Promise.reject(none) })), { code: 'denied' })
  })

  test('is no-store for a store that is not there', async () => {
    const { open } = await openLocalStore()
    const store = open({ arn })
    await assert.rejects(listKeys(store), { code: 'no-store' })
    await assert.rejects(newKey(store), { code: 'no-store' })
    await assert.rejects(retireKey(store, 'a'), { code: 'no-store' })
  })

  for (const wrong of [
    '',
    'Store',
    arn.replace('cloudfront', 's3'),
    arn.replace('::', ':us-east-1:'),
    `${arn}/a`,
  ]) {
    test(`is no-store for the ARN ${JSON.stringify(wrong)}`, () => {
      assert.throws(() => openKeyStore({ arn: wrong, credentials }), { code: 'no-store' })
    })
  }

  test('is unreachable where nobody listens', async () => {
    const store = openKeyStore({ arn, endpoint: 'http://localhost:9', credentials })
    await assert.rejects(listKeys(store), { code: 'unreachable', message: /ECONNREFUSED/ })
  })

  for (const endpoint of [
    '',
    'localhost:1',
    'http://127.0.0.1:1',
    'http://[::1]:1',
    'https://1.2.3.4',
    'http://example.com',
  ]) {
    test(`is unreachable for the endpoint ${JSON.stringify(endpoint)}`, () => {
      assert.throws(() => openKeyStore({ arn, endpoint, credentials }), { code: 'unreachable' })
    })
  }

  test('is not thrown for an endpoint reached by HTTPS', () => {
    openKeyStore({ arn, endpoint: 'https://example.com', credentials }).close()
  })

  const answers: readonly (readonly [status: number, errorType: string, code: KeyStoreErrorCode])[] = [
    [403, 'AccessDeniedException', 'denied'],
    [400, 'ExpiredTokenException', 'denied'],
    [404, 'ResourceNotFoundException', 'no-store'],
    [409, 'ConflictException', 'conflict'],
    [400, 'ValidationException', 'unreachable'],
    [402, 'ServiceQuotaExceededException', 'unreachable'],
    [500, 'InternalServerException', 'unreachable'],
    [418, '', 'unreachable'],
    [400, '$SECRET', 'unreachable'],
  ]
  for (const [status, errorType, code] of answers) {
    test(`is ${code} for ${status} ${errorType || 'without a name'}, and holds no secret that the answer repeats`, async () => {
      const store = await openHostile(status, errorType)
      const secret = createSecret()
      for (const fail of [() => newKey(store, { secret }), () => setExplainToken(store, { token: secret })]) {
        await assert.rejects(fail, (error: unknown) => {
          assert(error instanceof KeyStoreError)
          assert.equal(error.code, code)
          const shown = inspect(error, { depth: Infinity, showHidden: true }) + error.stack
          assert.ok(!shown.includes(secret), shown)
          assert.ok(!shown.includes(credentials.secretAccessKey), shown)
          return true
        })
      }
    })
  }
})

suite('the message of a KeyStoreError', () => {
  test('repeats what AWS says of a request that is at fault', async () => {
    const store = await openHostile(402, 'ServiceQuotaExceededException')
    await assert.rejects(newKey(store), { message: /ServiceQuotaExceededException 402: refused: \{.*…/ })
  })

  test('repeats nothing of an answer that cannot be read, which may hold secrets', async () => {
    const server = createServer((_request, response) => response.end('["a-secret-that-was-li'))
    const store = await openStoreOf(server)
    await assert.rejects(listKeys(store), { code: 'unreachable', message: /SyntaxError 200$/ })
  })
})

suite('the output of a process', () => {
  test('holds no secret, whatever is done', async (context) => {
    let written = ''
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream)
      context.mock.method(stream, 'write', (...args: Parameters<typeof write>) => {
        written += args[0]
        return write(...args)
      })
    }
    const { open, settings } = await openLocalStore()
    const store = open()
    const { kid, secret } = await newKey(store)
    const token = await setExplainToken(store)
    await assert.rejects(newKey(store, { kid, secret }))
    await assert.rejects(newKey(open({ credentials }), { secret }))
    await listKeys(store)
    await retireKey(store, kid, { force: true })
    console.log('seen')
    assert.match(written, /seen/)
    for (const hidden of [secret, token, settings.credentials.secretAccessKey])
      assert.ok(!written.includes(hidden))
  })
})
