import { readOriginShieldRegion } from './origin-shield-region.ts'
import { expectKnownNames, expectRegion, expectWhole, invalidSetting } from './setting-rules.ts'
import { type ExistingBucket, expectBucket, type Storage } from './storage-settings.ts'

/** A region that answers where the first one fails: a copy of every original there, and a transformer that reads the copies. */
export interface SecondRegion {
  /** Another region than the settings' own: `eu-west-1`. It must be bootstrapped too. */
  readonly region: string
  /**
   * A bucket there that is yours already, with copies of the originals. Needed beside `storage.bucket`, and only there: nothing here
   * may change what a bucket of yours replicates, so that is yours to set up. Default: the deployment makes one.
   */
  readonly bucket: ExistingBucket | undefined
  /** Region of Origin Shield before the second transformer. Default: what AWS recommends for the second region. */
  readonly originShieldRegion: string
  /**
   * How long an answer of the second region is kept, anywhere, in seconds, 1–3600. Default 300. A copy may be older than its
   * original: an answer made of it must soon be gone, since the invalidation of the original may have been over before.
   */
  readonly maxAgeSeconds: number
}

/** What a deployment says of its second region. */
export interface GivenSecondRegion extends Partial<SecondRegion> {
  readonly region: string
}

/** What else has to do with it. */
interface Around {
  /** The first region. */
  readonly region: string
  readonly storage: Storage
}

const names: Record<keyof SecondRegion, ''> = {
  region: '',
  bucket: '',
  originShieldRegion: '',
  maxAgeSeconds: '',
}

/** Five minutes: as short as spares the second region most of the load, and nobody misses what was overwritten for long. */
const maxAgeSeconds = 300

/** Returns the second region, complete; undefined where there is none. */
export function readSecondRegion(
  given: GivenSecondRegion | undefined,
  around: Around,
): SecondRegion | undefined {
  if (given === undefined) return undefined
  expectKnownNames('secondRegion', given, names)
  expectRegion('secondRegion.region', given.region)
  if (given.region === around.region) {
    throw invalidSetting('secondRegion.region', `another region than ${around.region}`, given.region)
  }
  const secondRegion = {
    region: given.region,
    bucket: given.bucket,
    originShieldRegion: readOriginShieldRegion(
      given.originShieldRegion,
      given.region,
      'secondRegion.originShieldRegion',
    ),
    maxAgeSeconds: given.maxAgeSeconds ?? maxAgeSeconds,
  }
  expectWhole('secondRegion.maxAgeSeconds', secondRegion.maxAgeSeconds, 1, 3600, 'seconds')
  expectReplica(given.bucket, around.storage.bucket)
  return secondRegion
}

/** Either both buckets are the deployment's or neither is. */
function expectReplica(replica: ExistingBucket | undefined, originals: ExistingBucket | undefined): void {
  if (replica === undefined) {
    if (originals === undefined) return
    throw invalidSetting(
      'secondRegion.bucket',
      `a bucket that you have ${originals.name} replicate to, since a deployment may not change a bucket that is not its own,`,
      replica,
    )
  }
  if (originals === undefined) {
    throw invalidSetting('secondRegion.bucket', 'none unless storage.bucket is yours too', replica)
  }
  expectBucket('secondRegion.bucket', replica)
  if (replica.name === originals.name) {
    throw invalidSetting('secondRegion.bucket.name', 'another bucket than storage.bucket', replica.name)
  }
}
