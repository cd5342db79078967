import type { StorageClass } from './sidecar.ts'

/** Milliseconds of an hour and a day. */
const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** By storage class and tier, how long a restore takes here: as long as it may. Source: S3, "Archive retrieval options". */
const restoreHours: Readonly<Partial<Record<StorageClass, Readonly<Record<string, number>>>>> = {
  GLACIER: { Expedited: 5 / 60, Standard: 5, Bulk: 12 },
  DEEP_ARCHIVE: { Standard: 12, Bulk: 48 },
}

/** When a copy of an archived object is there, in epoch milliseconds. */
interface Restore {
  readyAt: number
  expiresAt: number
}

/** What is asked of RestoreObject. */
export interface RestoreRequest {
  days: number
  tier: string
}

/** The restores of a bucket, for as long as its endpoint lives. */
export interface Archive {
  /** Whether an object of this class cannot be read now. */
  isClosed(key: string, storageClass: StorageClass): boolean
  /** `x-amz-restore` of an object; undefined where it was never asked for, or its copy has gone. */
  describe(key: string): string | undefined
  /** Status and, of a refusal, code of RestoreObject. Source: Amazon S3 API reference, RestoreObject. */
  restore(key: string, storageClass: StorageClass, request: RestoreRequest): RestoreVerdict
}

export type RestoreVerdict = 200 | 202 | 'RestoreAlreadyInProgress' | 'InvalidObjectState' | 'InvalidArgument'

/** An archive with nothing restored. `now` is the clock, in epoch milliseconds. */
export function createArchive(now: () => number): Archive {
  const restores = new Map<string, Restore>()
  const find = (key: string) => {
    const restore = restores.get(key)
    if (restore && restore.expiresAt <= now()) restores.delete(key)
    return restores.get(key)
  }
  const isReady = (restore: Restore | undefined) => restore !== undefined && restore.readyAt <= now()
  return {
    isClosed: (key, storageClass) => restoreHours[storageClass] !== undefined && !isReady(find(key)),
    describe(key) {
      const restore = find(key)
      if (!restore) return undefined
      return isReady(restore)
        ? `ongoing-request="false", expiry-date="${new Date(restore.expiresAt).toUTCString()}"`
        : 'ongoing-request="true"'
    },
    restore(key, storageClass, { days, tier }) {
      const hours = restoreHours[storageClass]
      if (!hours) return 'InvalidObjectState'
      const takes = hours[tier]
      if (takes === undefined || !(days >= 1)) return 'InvalidArgument'
      const previous = find(key)
      if (previous && !isReady(previous)) return 'RestoreAlreadyInProgress'
      // Asked for again, a copy that is there stays longer.
      const readyAt = previous?.readyAt ?? now() + takes * hourMs
      restores.set(key, { readyAt, expiresAt: Math.max(readyAt, now()) + days * dayMs })
      return previous ? 200 : 202
    },
  }
}
