import type { ExternalS3 } from '../../originals.ts'
import type { OriginalEntry } from '../api.ts'
import { Refusal } from './refusal.ts'

/** Milliseconds for a connection and for an answer: a store out of reach should not look like a slow page. */
const timeouts = { connectionTimeout: 5000, requestTimeout: 10_000, throwOnRequestTimeout: true }

/**
 * The first originals of a bucket elsewhere, by key.
 *
 * @param maxListed how many at most.
 * @throws Refusal 502 where the store does not list them.
 */
export async function listRemoteOriginals(
  { endpoint, bucket, credentials }: ExternalS3,
  maxListed: number,
): Promise<OriginalEntry[]> {
  // Only where it is needed: the client takes long to load.
  const { paginateListObjectsV2, S3Client } = await import('@aws-sdk/client-s3')
  const client = new S3Client({
    endpoint,
    credentials,
    region: 'us-east-1',
    forcePathStyle: true,
    requestHandler: timeouts,
  })
  const entries: OriginalEntry[] = []
  try {
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
      for (const { Key: key = '', Size: bytes = 0, LastModified } of Contents) {
        entries.push({ key, bytes, modifiedAt: (LastModified ?? new Date(0)).toISOString() })
      }
      if (entries.length >= maxListed) break
    }
    return entries.slice(0, maxListed)
  } catch (error) {
    // The name alone: a message may have what was sent.
    const name = error instanceof Error ? error.name : 'an error'
    throw new Refusal(
      502,
      'The other S3 does not answer',
      `expected a list of ${bucket} but received ${name}`,
    )
  } finally {
    client.destroy()
  }
}
