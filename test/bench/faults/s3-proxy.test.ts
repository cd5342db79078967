import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, suite, test } from 'node:test'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { startS3Proxy } from '../../../bench/faults/s3-proxy.ts'
import { createS3Endpoint } from '../../../edge/s3-endpoint/endpoint.ts'

const folder = mkdtempSync(join(tmpdir(), 'fovea-proxy-'))
const bytes = Buffer.alloc(100_000, 'x')
writeFileSync(join(folder, 'a.bin'), bytes)
writeFileSync(join(folder, 'b.bin'), bytes)
const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' }
const endpoint = createS3Endpoint({ folder, bucket: 'originals', credentials, now: Date.now })
const proxy = await startS3Proxy((await endpoint.listen()).url)
const client = new S3Client({
  endpoint: proxy.url,
  region: 'us-east-1',
  forcePathStyle: true,
  credentials,
  maxAttempts: 1,
})

after(async () => {
  client.destroy()
  await Promise.all([proxy.close(), endpoint.close()])
  rmSync(folder, { recursive: true })
})
afterEach(() => proxy.end())

async function read(Key = 'a.bin'): Promise<number> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'originals', Key }))
  return (await Body?.transformToByteArray())?.length ?? 0
}

suite('the proxy of S3', () => {
  test('passes on what is signed for it', async () => assert.equal(await read(), bytes.length))

  test('answers an error of S3', async () => {
    proxy.begin({ kind: 'error', status: 503, code: 'SlowDown' })
    await assert.rejects(read(), { name: 'SlowDown' })
    assert.equal(proxy.spoilt, 1)
    proxy.end()
    assert.equal(await read(), bytes.length)
  })

  test('breaks off in the middle of the body', async () => {
    proxy.begin({ kind: 'cut', share: 0.5 })
    await assert.rejects(read(), /aborted|ECONNRESET|terminated/)
  })

  test('answers late', async () => {
    proxy.begin({ kind: 'slow', ms: 300 })
    const startedAt = performance.now()
    assert.equal(await read(), bytes.length)
    assert.ok(performance.now() - startedAt >= 290)
  })

  for (const trouble of [{ kind: 'silent' }, { kind: 'stall', share: 0.5 }] as const) {
    test(`keeps who asks waiting where it is ${trouble.kind}, until that ends`, async () => {
      proxy.begin(trouble)
      let ended = false
      const reading = read().finally(() => {
        ended = true
      })
      reading.catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 400))
      assert.equal(ended, false)
      proxy.end()
      await assert.rejects(reading)
    })
  }

  test('leaves other paths alone', async () => {
    proxy.begin({ kind: 'error', status: 500, code: 'InternalError' }, (path) => path.includes('a.bin'))
    assert.equal(await read('b.bin'), bytes.length)
    await assert.rejects(read('a.bin'), { name: 'InternalError' })
  })
})
