import { randomUUID } from 'node:crypto'
import type { Credentials } from '../edge/signature-v4.ts'
import { type Server, startServer } from './server.ts'

/** An S3 over a folder, in a process of its own. */
export interface OriginalsServer extends Server {
  /** What tells a transformer, or any client, of it. */
  environment: Readonly<Record<string, string>>
}

/** What `s3-process.ts` is sent. */
export interface S3Setup {
  folder: string
  bucket: string
  credentials: Credentials
}

const bucket = 'originals'

/** Starts the embedded S3 over `folder`. */
export async function startOriginals(folder: string): Promise<OriginalsServer> {
  const credentials = { accessKeyId: 'BENCH', secretAccessKey: randomUUID() }
  const setup: S3Setup = { folder, bucket, credentials }
  const server = await startServer(new URL('s3-process.ts', import.meta.url), setup)
  return {
    ...server,
    environment: {
      IMAGE_BUCKET: bucket,
      FOVEA_S3_ENDPOINT: server.url,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: 'us-east-1',
      // Lambda runs a newer Node than this machine may have.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  }
}
