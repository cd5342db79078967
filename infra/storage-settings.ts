import { expectKeyPrefix } from './key-prefix.ts'
import { expectBoolean, expectKnownNames, expectWhole, fillIn, invalidSetting } from './setting-rules.ts'

/**
 * A bucket of originals that is there already, in the deployment's region. Its lifecycle, encryption, logs and events stay its
 * owner's: changed originals stay in the cache unless it sends its events to EventBridge, see docs/operations.md.
 */
export interface ExistingBucket {
  /** Its name. */
  readonly name: string
  /**
   * The account that owns it, twelve digits. Default undefined: the deployment's own. Another's must allow the transformer's
   * role: the deployment's output `BucketPolicy` is what its owner has to add.
   */
  readonly account?: string
  /** ARN of the KMS key that its objects are encrypted with; the transformer may decrypt with it. Default undefined: no such key. */
  readonly keyArn?: string
}

/** Originals that are put away in Glacier Deep Archive; until they are restored their variants are answered 403 `archived`. */
export interface ArchiveRule {
  /** Whose keys begin with this. Default undefined: all. */
  readonly prefix?: string
  /** That have this tag of S3's. Default undefined: any, or none. */
  readonly tag?: { readonly key: string; readonly value: string }
  /** Days after their upload, 1–36,500. */
  readonly afterDays: number
}

/** The originals and the logs. */
export interface Storage {
  /** A bucket that is there already. Default undefined: the deployment makes one, to which the rest of this group applies. */
  readonly bucket: ExistingBucket | undefined
  /**
   * Days after which an overwritten or deleted original goes to Glacier Deep Archive, 1–36,500. Default 90: a mistake is mostly
   * noticed sooner, and S3 bills at least 180 days there.
   */
  readonly noncurrentArchiveDays: number
  /** Whether current originals are moved to Intelligent-Tiering. Default true: who is not asked for costs less, at no loss of speed. */
  readonly intelligentTiering: boolean
  /** Which current originals go to Glacier Deep Archive. Default none: nothing that may be asked for is out of reach. */
  readonly archive: readonly ArchiveRule[]
  /** Days after which the parts of an upload that was never completed are removed, 1–365. Default 7: billed and seen by nobody. */
  readonly incompleteUploadDays: number
  /** Whether S3 logs who read and wrote originals, to the log bucket. Default true: the full-size masters are worth knowing about. */
  readonly accessLog: boolean
  /** Days that the log bucket keeps a log, 1–3,650. Default 90: a season can be looked back on. */
  readonly logExpiryDays: number
}

const storageDefaults: Storage = {
  bucket: undefined,
  noncurrentArchiveDays: 90,
  intelligentTiering: true,
  archive: [],
  incompleteUploadDays: 7,
  accessLog: true,
  logExpiryDays: 90,
}

/** Settings that mean the bucket which the deployment makes. */
const ownBucketOnly = [
  'noncurrentArchiveDays',
  'intelligentTiering',
  'archive',
  'incompleteUploadDays',
  'accessLog',
] as const

/** Source: S3 user guide, "General purpose bucket naming rules". */
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/

/** S3 takes days beyond any use; a century tells a typing error. */
const maxDays = 36_500

/** Rules of one bucket are 1,000 (S3 user guide); more than these nobody reads. */
const maxArchiveRules = 100

/** Returns the settings of originals and logs, complete. */
export function readStorage(given: Partial<Storage> = {}): Storage {
  const storage = fillIn('storage', storageDefaults, given)
  if (storage.bucket !== undefined) {
    expectBucket('storage.bucket', storage.bucket)
    // What would be ignored may have been relied on.
    const ignored = ownBucketOnly.find((name) => String(storage[name]) !== String(storageDefaults[name]))
    if (ignored)
      throw invalidSetting('storage', `no ${ignored} beside a bucket that is there already`, storage[ignored])
  }
  expectWhole('storage.noncurrentArchiveDays', storage.noncurrentArchiveDays, 1, maxDays, 'days')
  expectWhole('storage.incompleteUploadDays', storage.incompleteUploadDays, 1, 365, 'days')
  expectWhole('storage.logExpiryDays', storage.logExpiryDays, 1, 3650, 'days')
  expectBoolean('storage.intelligentTiering', storage.intelligentTiering)
  expectBoolean('storage.accessLog', storage.accessLog)
  if (!Array.isArray(storage.archive) || storage.archive.length > maxArchiveRules) {
    throw invalidSetting('storage.archive', `a list of at most ${maxArchiveRules} rules`, storage.archive)
  }
  for (const [at, rule] of storage.archive.entries()) expectArchiveRule(`storage.archive[${at}]`, rule)
  return storage
}

/** Throws unless `bucket`, the setting `name`, can be one. */
export function expectBucket(name: string, bucket: ExistingBucket): void {
  expectKnownNames(name, bucket, { name: '', account: '', keyArn: '' })
  const { account, keyArn } = bucket
  // Nothing, spelt out, would be the name of one.
  if (typeof bucket.name !== 'string' || !BUCKET_NAME.test(bucket.name))
    throw invalidSetting(`${name}.name`, 'the name of a bucket', bucket.name)
  if (account !== undefined && !/^\d{12}$/.test(String(account))) {
    throw invalidSetting(`${name}.account`, 'the twelve digits of an account, as text,', account)
  }
  if (keyArn !== undefined && !KEY_ARN.test(String(keyArn))) {
    throw invalidSetting(`${name}.keyArn`, 'the ARN of a KMS key (not of an alias)', keyArn)
  }
}

function expectArchiveRule(name: string, rule: ArchiveRule): void {
  expectKnownNames(name, rule, { prefix: '', tag: '', afterDays: 0 })
  expectWhole(`${name}.afterDays`, rule.afterDays, 1, maxDays, 'days')
  if (rule.prefix !== undefined) expectKeyPrefix(`${name}.prefix`, rule.prefix)
  if (rule.tag === undefined) return
  expectKnownNames(`${name}.tag`, rule.tag, { key: '', value: '' })
  if (!rule.tag.key || typeof rule.tag.value !== 'string') {
    throw invalidSetting(`${name}.tag`, 'a key and a value', rule.tag)
  }
}
