import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { createS3Endpoint } from '../../edge/s3-endpoint/endpoint.ts'
import { sidecarPath } from '../../edge/s3-endpoint/sidecar.ts'

/** An S3 with a bucket that tests may fill. */
export interface S3UnderTest {
  /** What is tested, for the names of tests. */
  name: string
  url: string
  bucket: string
  credentials: { accessKeyId: string; secretAccessKey: string }
  /** @param metadata as `x-amz-meta-*`, by default none. */
  put(key: string, bytes: Buffer, metadata?: Record<string, string>): Promise<void>
  /** Removes what was put. */
  close(): Promise<void>
}

/**
 * The S3 that the environment names by FOVEA_TEST_S3_ENDPOINT, FOVEA_TEST_S3_BUCKET (default 'fovea-test', created where
 * it is missing), FOVEA_TEST_S3_ACCESS_KEY_ID and FOVEA_TEST_S3_SECRET_ACCESS_KEY; without them the repository's own.
 */
export function startS3(environment: NodeJS.ProcessEnv = process.env): Promise<S3UnderTest> {
  const url = environment.FOVEA_TEST_S3_ENDPOINT
  return url ? connectS3(url, environment) : startEmbeddedS3()
}

async function startEmbeddedS3(): Promise<S3UnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'fovea-s3-'))
  const bucket = 'originals'
  const credentials = { accessKeyId: 'local-key', secretAccessKey: 'local-secret' }
  const endpoint = createS3Endpoint({ folder, bucket, credentials, now: () => Date.now() })
  const { url } = await endpoint.listen()
  return {
    name: 'the embedded endpoint',
    url,
    bucket,
    credentials,
    async put(key, bytes, metadata) {
      const path = join(folder, key)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, bytes)
      if (metadata) await writeFile(sidecarPath(path), JSON.stringify({ metadata }))
    },
    async close() {
      await endpoint.close()
      await rm(folder, { recursive: true })
    },
  }
}

async function connectS3(url: string, environment: NodeJS.ProcessEnv): Promise<S3UnderTest> {
  const bucket = environment.FOVEA_TEST_S3_BUCKET ?? 'fovea-test'
  const credentials = {
    accessKeyId: environment.FOVEA_TEST_S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.FOVEA_TEST_S3_SECRET_ACCESS_KEY ?? '',
  }
  const client = new S3Client({
    endpoint: url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
  await client.send(new CreateBucketCommand({ Bucket: bucket })).catch((error: Error) => {
    if (!/^BucketAlready/.test(error.name)) throw error
  })
  const keys: string[] = []
  return {
    name: url,
    url,
    bucket,
    credentials,
    async put(key, bytes, metadata) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, Metadata: metadata }))
      keys.push(key)
    },
    async close() {
      for (const key of keys) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
      client.destroy()
    },
  }
}
