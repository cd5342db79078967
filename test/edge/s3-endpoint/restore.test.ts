import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  RestoreObjectCommand,
  S3Client,
  type S3ServiceException,
  type Tier,
} from '@aws-sdk/client-s3'
import { createS3Endpoint } from '../../../edge/s3-endpoint/endpoint.ts'
import { sidecarPath } from '../../../edge/s3-endpoint/sidecar.ts'

const folder = mkdtempSync(join(tmpdir(), 'fovea-s3-'))
const credentials = { accessKeyId: 'local-key', secretAccessKey: 'local-secret' }
const Bucket = 'originals'
let aheadMs = 0
const endpoint = createS3Endpoint({ folder, bucket: Bucket, credentials, now: () => Date.now() + aheadMs })
let client: S3Client

before(async () => {
  const { url } = await endpoint.listen()
  client = new S3Client({ endpoint: url, region: 'us-east-1', forcePathStyle: true, credentials })
})

after(async () => {
  client.destroy()
  await endpoint.close()
  rmSync(folder, { recursive: true })
})

function put(key: string, sidecar?: unknown): void {
  writeFileSync(join(folder, key), key)
  if (sidecar !== undefined) writeFileSync(sidecarPath(join(folder, key)), JSON.stringify(sidecar))
}

const get = (Key: string) => client.send(new GetObjectCommand({ Bucket, Key }))
const head = (Key: string) => client.send(new HeadObjectCommand({ Bucket, Key }))

async function restore(Key: string, tier: Tier = 'Standard', Days: number | undefined = 1) {
  const RestoreRequest = { Days, GlacierJobParameters: { Tier: tier } }
  const { $metadata } = await client.send(new RestoreObjectCommand({ Bucket, Key, RestoreRequest }))
  return $metadata.httpStatusCode
}

async function fails(work: Promise<unknown>, status: number, code: string): Promise<void> {
  await assert.rejects(work, (error: S3ServiceException) => {
    assert.deepEqual([error.$metadata.httpStatusCode, error.name], [status, code])
    return true
  })
}

suite('metadata of an object', () => {
  test('comes with GET and HEAD', async () => {
    put('told.jpg', { metadata: { 'focal-point': '0.3_0.7', author: 'a b' } })
    for (const ask of [get, head]) {
      assert.deepEqual((await ask('told.jpg')).Metadata, { 'focal-point': '0.3_0.7', author: 'a b' })
    }
  })

  test('is no object, and is not listed', async () => {
    put('listed.jpg', { storageClass: 'GLACIER' })
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }))
    assert.ok(Contents.every(({ Key }) => !Key?.includes('.s3.json')))
    assert.equal(Contents.find(({ Key }) => Key === 'listed.jpg')?.StorageClass, 'GLACIER')
    assert.equal(Contents.find(({ Key }) => Key === 'told.jpg')?.StorageClass, 'STANDARD')
    await fails(get('.listed.jpg.s3.json'), 404, 'NoSuchKey')
  })

  test('changes without the ETag', async () => {
    put('changed.jpg')
    const { ETag } = await head('changed.jpg')
    writeFileSync(sidecarPath(join(folder, 'changed.jpg')), '{"metadata":{"a":"b"}}')
    const changed = await head('changed.jpg')
    assert.deepEqual([changed.ETag, changed.Metadata], [ETag, { a: 'b' }])
  })

  for (const broken of [
    { storageClass: 'COLD' },
    { metadata: { 'a b': 'c' } },
    { metadata: { a: 'b\r\nc: d' } },
  ]) {
    test(`of ${JSON.stringify(broken)} is the endpoint's failure`, async (t) => {
      t.mock.method(console, 'error', () => {})
      put('broken.jpg', broken)
      await assert.rejects(head('broken.jpg'), (error: S3ServiceException) => {
        assert.equal(error.$metadata.httpStatusCode, 500)
        return true
      })
    })
  }
})

suite('an archived object', () => {
  test('has a head and no body', async () => {
    put('old.jpg', { storageClass: 'GLACIER' })
    const { StorageClass, Restore, ContentLength } = await head('old.jpg')
    assert.deepEqual([StorageClass, Restore, ContentLength], ['GLACIER', undefined, 7])
    await assert.rejects(get('old.jpg'), (error: S3ServiceException & { StorageClass?: string }) => {
      assert.deepEqual([error.name, error.StorageClass], ['InvalidObjectState', 'GLACIER'])
      return true
    })
  })

  test('is restored after hours, for days', async () => {
    assert.equal(await restore('old.jpg', 'Standard', 2), 202)
    assert.equal((await head('old.jpg')).Restore, 'ongoing-request="true"')
    await fails(restore('old.jpg'), 409, 'RestoreAlreadyInProgress')
    await fails(get('old.jpg'), 403, 'InvalidObjectState')
    aheadMs += 5 * 3_600_000
    assert.equal(await (await get('old.jpg')).Body?.transformToString(), 'old.jpg')
    assert.match(
      String((await head('old.jpg')).Restore),
      /^ongoing-request="false", expiry-date="\w{3}, .* GMT"$/,
    )
    aheadMs += 2 * 24 * 3_600_000
    await fails(get('old.jpg'), 403, 'InvalidObjectState')
    assert.equal((await head('old.jpg')).Restore, undefined)
  })

  test('that is asked for again while it is there stays longer', async () => {
    put('kept.jpg', { storageClass: 'DEEP_ARCHIVE' })
    assert.equal(await restore('kept.jpg', 'Bulk', 1), 202)
    aheadMs += 48 * 3_600_000
    assert.equal(await restore('kept.jpg', 'Standard', 3), 200)
    aheadMs += 2 * 24 * 3_600_000
    assert.equal((await get('kept.jpg')).$metadata.httpStatusCode, 200)
  })

  test('of the deepest class cannot be expedited', async () => {
    put('deep.jpg', { storageClass: 'DEEP_ARCHIVE' })
    await fails(restore('deep.jpg', 'Expedited'), 400, 'InvalidArgument')
  })

  test('is the only kind that is restored', async () => {
    put('fresh.jpg')
    await fails(restore('fresh.jpg'), 403, 'InvalidObjectState')
    await fails(restore('no-such.jpg'), 404, 'NoSuchKey')
  })

  test('is not restored for who cannot sign', async () => {
    const stranger = new S3Client({
      endpoint: await endpointOf(client),
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { ...credentials, secretAccessKey: 'wrong' },
    })
    const asked = stranger.send(
      new RestoreObjectCommand({ Bucket, Key: 'deep.jpg', RestoreRequest: { Days: 1 } }),
    )
    await fails(asked, 403, 'SignatureDoesNotMatch')
    assert.equal((await head('deep.jpg')).Restore, undefined)
  })

  test('is not restored by another body than was signed', async () => {
    const tampering = new S3Client({
      endpoint: await endpointOf(client),
      region: 'us-east-1',
      forcePathStyle: true,
      credentials,
    })
    tampering.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body?: unknown; headers: Record<string, string> }
        request.body = String(request.body).replace('<Days>1<', '<Days>9<')
        return next(args)
      },
      { step: 'finalizeRequest', priority: 'low' },
    )
    const RestoreRequest = { Days: 1 }
    const asked = tampering.send(new RestoreObjectCommand({ Bucket, Key: 'deep.jpg', RestoreRequest }))
    await fails(asked, 403, 'SignatureDoesNotMatch')
    assert.equal((await head('deep.jpg')).Restore, undefined)
  })
})

async function endpointOf({ config }: S3Client): Promise<string> {
  const { hostname, port } = (await config.endpoint?.()) ?? assert.fail('no endpoint')
  return `http://${hostname}:${port}`
}
