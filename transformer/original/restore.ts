import { InvalidObjectState, RestoreObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { RestoreSettings, RestoreTier } from '../settings.ts'
import { TransformError } from '../transform-error.ts'

/** How long a restore takes. Source: Amazon S3 user guide, "Understanding archive retrieval options". */
const typicalTimes: Readonly<Record<'shallow' | 'deep', Readonly<Record<RestoreTier, string>>>> = {
  shallow: { Expedited: '1 to 5 minutes', Standard: '3 to 5 hours', Bulk: '5 to 12 hours' },
  // What is this deep cannot be expedited.
  deep: { Expedited: 'up to 12 hours', Standard: 'up to 12 hours', Bulk: 'up to 48 hours' },
}

/**
 * Asks S3 to restore an archived object and returns the error that says so. However often an object is asked for it is
 * restored once: while that is under way S3 answers `RestoreAlreadyInProgress`, which is as good as a yes.
 *
 * @param refusal what S3 said to who wanted to read it.
 */
export async function restoreArchived(
  client: S3Client,
  location: { Bucket: string; Key: string },
  refusal: unknown,
  { days, tier }: RestoreSettings,
  signal: AbortSignal,
): Promise<TransformError> {
  const { StorageClass, AccessTier } = refusal instanceof InvalidObjectState ? refusal : {}
  const depth = /^DEEP_/.test(AccessTier ?? StorageClass ?? '') ? 'deep' : 'shallow'
  const request = {
    GlacierJobParameters: { Tier: depth === 'deep' && tier === 'Expedited' ? 'Standard' : tier },
    // What is brought back from Intelligent-Tiering stays, and S3 refuses a number of days there.
    ...(StorageClass !== 'INTELLIGENT_TIERING' && { Days: days }),
  } as const
  const refused = await client
    .send(new RestoreObjectCommand({ ...location, RestoreRequest: request }), { abortSignal: signal })
    .then(
      () => undefined,
      (error: Error) => (error.name === 'RestoreAlreadyInProgress' ? undefined : error.name),
    )
  return refused === undefined
    ? createArchivedError(location.Key, refusal, typicalTimes[depth][tier])
    : createArchivedError(location.Key, refusal, undefined, `no restore: ${refused}`)
}

/** The error of an archived object, whose restore, where one is under way, typically takes so long. */
export function createArchivedError(
  key: string,
  cause: unknown,
  typicalTime?: string,
  warning?: string,
): TransformError {
  const hope = typicalTime ? `: a restore is under way and typically takes ${typicalTime}` : ''
  return new TransformError('archived', `an object that is not archived${hope}`, key, cause, warning)
}
