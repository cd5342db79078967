import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import type { Edge } from '../../../edge/edge.ts'
import { writeAccessFile } from '../../../edge/key-value-store/access-file.ts'
import { answering, decide } from '../cloudfront/loaded-function.ts'
import { closeEdges, openEdge } from '../running-edge.ts'
import { closeStores, createClient, openStore } from './store-client.ts'

const folder = mkdtempSync(join(tmpdir(), 'fovea-access-'))
after(async () => {
  await closeStores()
  await closeEdges()
  rmSync(folder, { recursive: true, force: true })
})

function accessOf(edge: Edge) {
  assert.ok(edge.keyValueStore, 'the template has a store')
  return edge.keyValueStore
}

suite('a viewer function', () => {
  test('sees at once what was put', async () => {
    const { client, access, values, readEtag } = await openStore()
    const code = `import cf from 'cloudfront'\n${answering(`await cf.kvs().get('sign.a')`)}`
    assert.equal((await decide(code, undefined, values)).kind, 'failure')
    await client.putKey({ KvsARN: access.arn, Key: 'sign.a', Value: 'secret', IfMatch: await readEtag() })
    const decision = await decide(code, undefined, values)
    assert.equal(decision.kind === 'response' && decision.body, '"secret"')
  })
})

suite('the stores of a template', () => {
  test('stay the same objects when it is read again, and go with their resource', async () => {
    const { running, values } = await openStore()
    values.set('a', '1')
    const again = running.stores.open(['Other', 'Store'])
    assert.equal(again.get('Store'), values)
    assert.equal(again.get('Other')?.size, 0)
    running.stores.open(['Other'])
    assert.equal(running.stores.open(['Store']).get('Store')?.size, 0)
  })
})

suite('the KeyValueStore of a running edge', () => {
  test('keeps its values over a reload, and is not on the port of the viewers', async () => {
    const { edge, ask } = await openEdge()
    const access = accessOf(edge)
    assert.notEqual(new URL(access.endpoint).port, new URL(edge.url).port)
    const client = createClient(access)
    const KvsARN = access.arn
    const { ETag } = await client.describeKeyValueStore({ KvsARN })
    await client.putKey({ KvsARN, Key: 'sign.a', Value: 'secret', IfMatch: ETag })
    await edge.reload()
    assert.deepEqual(edge.keyValueStore, access)
    assert.equal((await client.getKey({ KvsARN, Key: 'sign.a' })).Value, 'secret')
    assert.notEqual((await ask(`/key-value-stores/${encodeURIComponent(KvsARN)}`)).status, 200)
  })

  test('is unreachable after close', async () => {
    const running = await openEdge()
    const access = accessOf(running.edge)
    await running.close()
    await assert.rejects(createClient(access).describeKeyValueStore({ KvsARN: access.arn }), {
      code: 'ECONNREFUSED',
    })
  })

  test('is told in a file for this user alone, which goes with the edge', async () => {
    const keyValueStoreFile = join(folder, 'new/access.json')
    const running = await openEdge({ keyValueStoreFile })
    const { endpoint, arn, credentials } = accessOf(running.edge)
    assert.deepEqual(JSON.parse(readFileSync(keyValueStoreFile, 'utf8')), { endpoint, arn, ...credentials })
    assert.equal(statSync(keyValueStoreFile).mode & 0o777, 0o600)
    await running.edge.reload()
    assert.equal(JSON.parse(readFileSync(keyValueStoreFile, 'utf8')).endpoint, endpoint)
    await running.close()
    assert.throws(() => statSync(keyValueStoreFile), { code: 'ENOENT' })
  })
})

suite('writeAccessFile', () => {
  const access = (port: number) => ({
    endpoint: `http://localhost:${port}`,
    arn: 'arn',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  })

  test('replaces a file that others may read by one that they may not', async () => {
    const path = join(folder, 'open.json')
    writeFileSync(path, '{}', { mode: 0o644 })
    await writeAccessFile(path, access(1))
    assert.equal(statSync(path).mode & 0o777, 0o600)
  })

  test('leaves the file of another process alone', async () => {
    const path = join(folder, 'two.json')
    const removeFirst = await writeAccessFile(path, access(1))
    const removeSecond = await writeAccessFile(path, access(2))
    await removeFirst()
    assert.equal(JSON.parse(readFileSync(path, 'utf8')).endpoint, 'http://localhost:2')
    await removeSecond()
    assert.throws(() => statSync(path), { code: 'ENOENT' })
    await removeSecond()
  })
})
