import { GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import type { TransformerSettings } from '../settings.ts'
import { TransformError } from '../transform-error.ts'
import type { Originals } from './originals.ts'

/** S3's error codes that are not our own trouble. Source: Amazon S3 API reference, "Error responses". */
const blame = {
  NoSuchKey: 'missing',
  NotFound: 'missing',
  AccessDenied: 'forbidden',
  InvalidObjectState: 'archived',
} as const

const expectations = {
  missing: 'the key of an object in the bucket',
  forbidden: 'an object that the transformer may read',
  archived: 'an object that is not archived',
} as const

/** The originals of the bucket that `settings` name. */
export function createS3Originals(settings: TransformerSettings): Originals {
  const client = new S3Client({
    endpoint: settings.s3Endpoint,
    forcePathStyle: settings.s3Endpoint !== undefined,
    // Checksums would cost a pass over every original; TLS has guarded the bytes already.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
  return {
    async read(key, signal) {
      try {
        const command = new GetObjectCommand({ Bucket: settings.bucket, Key: key })
        const answer = await client.send(command, { abortSignal: signal })
        const length = answer.ContentLength ?? 0
        if (length > settings.maxSourceBytes) {
          // Ends the connection instead of reading what will not be used.
          ;(answer.Body as { destroy?: () => void } | undefined)?.destroy?.()
          throw new TransformError(
            'over-limit',
            `an original of at most ${settings.maxSourceBytes} bytes`,
            `${length}`,
          )
        }
        const bytes = await answer.Body?.transformToByteArray()
        return {
          bytes: Buffer.from(bytes ?? new Uint8Array()),
          etag: answer.ETag ?? '""',
          lastModified: answer.LastModified,
        }
      } catch (error) {
        throw error instanceof TransformError ? error : translate(error, key)
      }
    },
  }
}

function translate(error: unknown, key: string): TransformError {
  const name = error instanceof S3ServiceException ? error.name : ''
  const code = blame[name as keyof typeof blame]
  return code
    ? new TransformError(code, expectations[code], key, error)
    : new TransformError('unavailable', 'an answer of S3', name || 'none', error)
}
