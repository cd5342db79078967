import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { after, suite, test } from 'node:test'
import { closeStores, createClient, type OpenedStore, openStore } from './store-client.ts'

after(closeStores)

interface Sent {
  method: string
  path: string
  headers: Record<string, string>
  body?: string
}

/** A PutKey as the SDK signs it, not sent. */
async function signPut({ access, client, readEtag }: OpenedStore): Promise<Sent> {
  const etag = await readEtag()
  const signing = createClient(access)
  let sent: Sent | undefined
  signing.middlewareStack.add(
    () => async (args) => {
      sent = args.request as Sent
      throw new Error('not sent')
    },
    { step: 'finalizeRequest', priority: 'low' },
  )
  await assert.rejects(
    signing.putKey({ KvsARN: access.arn, Key: 'a', Value: 'x', IfMatch: etag }),
    /not sent/,
  )
  assert.ok(sent && client)
  return { method: sent.method, path: sent.path, headers: sent.headers, body: sent.body }
}

function send({ access }: OpenedStore, { method, path, headers, body }: Sent): Promise<number> {
  const { port } = new URL(access.endpoint)
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (incoming) => {
      incoming.resume().on('end', () => resolve(incoming.statusCode ?? 0))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

suite('a signature of a KeyValueStore request', () => {
  test('is accepted as the SDK makes it', async () => {
    const store = await openStore()
    assert.equal(await send(store, await signPut(store)), 200)
    assert.equal(store.values.get('a'), 'x')
  })

  const altered: readonly (readonly [what: string, alter: (sent: Sent) => Sent])[] = [
    ['another body', (sent) => ({ ...sent, body: '{"Value":"y"}' })],
    [
      'another body, and its hash',
      (sent) => ({
        ...sent,
        body: '{"Value":"y"}',
        headers: {
          ...sent.headers,
          'x-amz-content-sha256': createHash('sha256').update('{"Value":"y"}').digest('hex'),
        },
      }),
    ],
    ['another key', (sent) => ({ ...sent, path: `${sent.path}b` })],
    ['another method', (sent) => ({ ...sent, method: 'GET' })],
    ['a query that was not signed', (sent) => ({ ...sent, path: `${sent.path}?a=b` })],
    ['another If-Match', (sent) => ({ ...sent, headers: { ...sent.headers, 'if-match': 'KV' } })],
    [
      'a header x-amz-* that is not signed',
      (sent) => ({ ...sent, headers: { ...sent.headers, 'x-amz-a': 'b' } }),
    ],
    ['another host', (sent) => ({ ...sent, headers: { ...sent.headers, host: 'example.com' } })],
    ['no signature', ({ headers: { authorization, ...headers }, ...sent }) => ({ ...sent, headers })],
    ['a signature of nothing', (sent) => setAuthorization(sent, /Signature=\w+/, 'Signature=')],
    ['a signature that is no number', (sent) => setAuthorization(sent, /Signature=\w+/, 'Signature=zz')],
    ['another algorithm', (sent) => setAuthorization(sent, /^\S+/, 'AWS4-HMAC-SHA256')],
    ['another service', (sent) => setAuthorization(sent, 'cloudfront-keyvaluestore', 's3')],
    ['another day', (sent) => setAuthorization(sent, /\/\d{8}\//, '/20200101/')],
    ['fewer signed headers', (sent) => setAuthorization(sent, 'host;', '')],
  ]
  for (const [what, alter] of altered) {
    test(`is refused with ${what}`, async () => {
      const store = await openStore()
      const sent = await signPut(store)
      assert.notDeepEqual(alter(sent), sent)
      assert.equal(await send(store, alter(sent)), 403)
      assert.equal(store.values.size, 0)
    })
  }

  for (const [what, aheadMs, status] of [
    ['14 minutes old', 14 * 60_000, 200],
    ['16 minutes old', 16 * 60_000, 403],
    ['16 minutes ahead', -16 * 60_000, 403],
  ] as const) {
    test(`is ${status === 200 ? 'accepted' : 'refused'} when it is ${what}`, async () => {
      let nowMs = Date.now()
      const store = await openStore(() => nowMs)
      const sent = await signPut(store)
      nowMs += aheadMs
      assert.equal(await send(store, sent), status)
    })
  }

  for (const [what, credentials] of [
    ['another access key', { accessKeyId: 'LOCALOTHER', secretAccessKey: 'a' }],
    ['another secret', { accessKeyId: 'LOCALKEYVALUESTORE', secretAccessKey: 'a' }],
  ] as const) {
    test(`is AccessDeniedException with ${what}, whether there is a store or not`, async () => {
      const { access } = await openStore()
      const stranger = createClient({ ...access, credentials })
      const name = 'AccessDeniedException'
      await assert.rejects(stranger.describeKeyValueStore({ KvsARN: access.arn }), { name })
      const KvsARN = access.arn.replace(/.{4}$/, '0000')
      await assert.rejects(stranger.describeKeyValueStore({ KvsARN }), { name })
    })
  }
})

function setAuthorization(sent: Sent, pattern: string | RegExp, text: string): Sent {
  const authorization = sent.headers.authorization?.replace(pattern, text) ?? ''
  return { ...sent, headers: { ...sent.headers, authorization } }
}
