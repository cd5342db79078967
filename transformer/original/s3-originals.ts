import {
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { TransformerSettings } from '../settings.ts'
import { TransformError } from '../transform-error.ts'
import { focalPointName, readFocalPoint } from './focal-point.ts'
import type { OriginalDescription, Originals } from './originals.ts'
import { createArchivedError, restoreArchived } from './restore.ts'

/** S3's error codes that are not our own trouble. Source: Amazon S3 API reference, "Error responses". */
const blame = {
  NoSuchKey: 'missing',
  NotFound: 'missing',
  AccessDenied: 'forbidden',
  InvalidObjectState: 'archived',
} as const

/** Milliseconds: S3 in the same region accepts in one or two, so whoever waits longer had better try again. */
const connectionTimeoutMs = 1000

const expectations = {
  missing: 'the key of an object in the bucket',
  forbidden: 'an object that the transformer may read',
} as const

/** The originals of the bucket that `settings` name. */
export function createS3Originals(settings: TransformerSettings): Originals {
  const client = new S3Client({
    endpoint: settings.s3Endpoint,
    forcePathStyle: settings.s3Endpoint !== undefined,
    // Checksums would cost a pass over every original; TLS has guarded the bytes already.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestChecksumCalculation: 'WHEN_REQUIRED',
    // Throttling and broken connections are tried again with growing pauses, until the deadline's signal ends it.
    maxAttempts: 3,
    requestHandler: { connectionTimeout: connectionTimeoutMs },
  })
  const location = (key: string) => ({ Bucket: settings.bucket, Key: key })
  return {
    async read(key, signal, maxBytes = settings.maxSourceBytes) {
      try {
        const answer = await askTwice(() =>
          client.send(new GetObjectCommand(location(key)), { abortSignal: signal }),
        )
        const length = answer.ContentLength ?? 0
        if (length > maxBytes) {
          // Ends the connection instead of reading what will not be used.
          ;(answer.Body as { destroy?: () => void } | undefined)?.destroy?.()
          throw new TransformError('over-limit', `an original of at most ${maxBytes} bytes`, `${length}`)
        }
        const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array()
        return {
          bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
          ...describeAnswer(answer),
        }
      } catch (error) {
        const known = translate(error, key)
        const restore = known.problem.code === 'archived' ? settings.restoreArchived : undefined
        throw restore ? await restoreArchived(client, location(key), error, restore, signal) : known
      }
    },
    async describe(key, signal) {
      try {
        return describeAnswer(
          await askTwice(() => client.send(new HeadObjectCommand(location(key)), { abortSignal: signal })),
        )
      } catch (error) {
        throw translate(error, key)
      }
    },
  }
}

/**
 * Asks once more where S3 may have refused the time of a request. The client has learnt the right one by then, and asks again
 * itself, but not where its own clock has become right (`@aws-sdk/core`, seen): a picture would be taken for forbidden for a minute.
 */
async function askTwice<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    const skewed = error instanceof S3ServiceException && error.name === 'RequestTimeTooSkewed'
    if (!skewed && !isUnexplained(error)) throw error
    return ask()
  }
}

/** Whether it is the 403 of a HEAD, which has no body to say why: the key may be forbidden, or the time of the request wrong. */
function isUnexplained(error: unknown): boolean {
  return (
    error instanceof S3ServiceException && error.name === 'Unknown' && error.$metadata.httpStatusCode === 403
  )
}

function describeAnswer({ ETag, LastModified, Metadata }: HeadObjectCommandOutput): OriginalDescription {
  const told = Metadata?.[focalPointName]
  const focalPoint = told === undefined ? undefined : readFocalPoint(told)
  return {
    etag: ETag ?? '',
    lastModified: LastModified,
    ...(focalPoint !== undefined && { focalPoint }),
    ...(told !== undefined && focalPoint === undefined && { warning: warnOfFocalPoint(told) }),
  }
}

/** Quotes a little, since it may be anything. */
function warnOfFocalPoint(told: string): string {
  return `expected x_y, each 0–1, for x-amz-meta-${focalPointName} but received ${told.slice(0, 32)}`
}

/** What an exception of the client, or our own, means for who asked. */
function translate(error: unknown, key: string): TransformError {
  if (error instanceof TransformError) return error
  const name = error instanceof S3ServiceException ? nameError(error) : ''
  const code = blame[name as keyof typeof blame]
  if (code === 'archived') return createArchivedError(key, error)
  return code
    ? new TransformError(code, expectations[code], key, error)
    : new TransformError('unavailable', 'an answer of S3', name || 'none', error)
}

/** S3's own code; for HEAD, whose answers have no body to name one, what their status means. */
function nameError(error: S3ServiceException): string {
  return isUnexplained(error) ? 'AccessDenied' : error.name
}
