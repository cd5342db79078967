import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { createS3Endpoint } from '../../../edge/s3-endpoint/endpoint.ts'
import { createS3Originals } from '../../../transformer/original/s3-originals.ts'
import { TransformError } from '../../../transformer/transform-error.ts'
import { settings } from '../run.ts'

const folder = mkdtempSync(join(tmpdir(), 'fovea-skew-'))
writeFileSync(join(folder, 'a.jpg'), 'bytes')
const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' }
let aheadMs = 0
const endpoint = createS3Endpoint({
  folder,
  bucket: settings.bucket,
  credentials,
  now: () => Date.now() + aheadMs,
})
const { url } = await endpoint.listen()
process.env.AWS_REGION = 'us-east-1'
process.env.AWS_ACCESS_KEY_ID = credentials.accessKeyId
process.env.AWS_SECRET_ACCESS_KEY = credentials.secretAccessKey
const open = () => createS3Originals({ ...settings, s3Endpoint: url })
const clients = { describe: open(), read: open() }

after(async () => {
  await endpoint.close()
  rmSync(folder, { recursive: true })
})

const signal = () => AbortSignal.timeout(10_000)

suite('originals of an S3 whose clock is far from this one', () => {
  // The client corrects for it, and repeats what failed, but not when the clocks come together again.
  for (const [what, minutes] of [
    ['ahead', 20],
    ['right again', 0],
    ['behind', -20],
    ['right once more', 0],
  ] as const) {
    for (const way of ['describe', 'read'] as const) {
      test(`are there to ${way} when it is ${what}`, async () => {
        aheadMs = minutes * 60_000
        // Each has a client of its own, which must find out by itself.
        assert.match((await clients[way][way]('a.jpg', signal())).etag, /^"/)
      })
    }
  }

  test('are honestly forbidden where the second answer says so too', async () => {
    const others = createS3Originals({ ...settings, s3Endpoint: url, bucket: settings.bucket })
    process.env.AWS_SECRET_ACCESS_KEY = 'another'
    await assert.rejects(others.describe('a.jpg', signal()), (error) => {
      assert.ok(error instanceof TransformError)
      assert.equal(error.problem.code, 'forbidden')
      return true
    })
  })
})
