import { createS3Endpoint } from './s3-endpoint/endpoint.ts'
import type { Credentials } from './signature-v4.ts'

/** Another S3 than the embedded one. */
export interface ExternalS3 {
  endpoint: string
  bucket: string
  credentials: Credentials
}

/** Starts the embedded S3 over `folder`. */
export async function startS3(folder: string, bucket: string, credentials: Credentials, now: () => number) {
  const endpoint = createS3Endpoint({ folder, bucket, credentials, now })
  const { url } = await endpoint.listen()
  return {
    environment: describeS3({ endpoint: url, bucket, credentials }),
    close: () => endpoint.close(),
  }
}

/** How a Lambda finds an S3. */
export function describeS3({ endpoint, bucket, credentials }: ExternalS3): Record<string, string> {
  return {
    FOVEA_S3_ENDPOINT: endpoint,
    IMAGE_BUCKET: bucket,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  }
}
