import type { DecisionSettings } from '../grammar/decide.ts'
import { defaultSettings } from '../grammar/default-settings.ts'
import { unsignedPattern } from '../grammar/unsigned.ts'
import { compileAccess, type PrefixAccess, readAccess } from './access-settings.ts'
import { compileAspects, readAspects } from './aspect-settings.ts'
import { type Compute, readCompute } from './compute-settings.ts'
import { type Delivery, readDelivery } from './delivery-settings.ts'
import { type GivenGuard, type Guard, readGuards } from './guard-settings.ts'
import {
  compileHotlinks,
  expectPlaceholderServed,
  type GivenHotlinks,
  type Hotlinks,
  readHotlinks,
} from './hotlink-settings.ts'
import { type GivenKeys, type Keys, readKeys } from './key-settings.ts'
import { expectLimits, type Limits, limitDefaults, limitEnvironment } from './limit-settings.ts'
import { type GivenMonitoring, type MonitoringSettings, readMonitoring } from './monitoring-settings.ts'
import { readOriginShieldRegion } from './origin-shield-region.ts'
import { compileOverlays, expectOverlays, expectPresetOverlays } from './overlay-settings.ts'
import { type Presets, readPresets } from './preset-settings.ts'
import { type GivenProtection, type Protection, readProtection } from './protection-settings.ts'
import { type GivenSecondRegion, readSecondRegion, type SecondRegion } from './second-region-settings.ts'
import {
  expectBoolean,
  expectKnownNames,
  expectLadder,
  expectOneOf,
  expectRegion,
  fillIn,
} from './setting-rules.ts'
import { readSigning, type Signing } from './signing-settings.ts'
import { readStorage, type Storage } from './storage-settings.ts'
import { readTags } from './tag-settings.ts'
import { readTroubleSettings, type TroubleSettings, troubleEnvironment } from './trouble-settings.ts'

/** The settings of a deployment, complete: what `defineSettings` returns. */
export interface Settings extends TroubleSettings {
  /**
   * Who may have what, by prefix of decoded keys, the longest that fits decides: `open` anyone any size, `bounded` anyone the
   * sizes of the ladder, `signed` only who shows a signature. Default `{ '': 'bounded' }`: nobody can run up a bill by counting
   * through widths. A folder's prefix ends with a slash. Compiled into the edge function.
   */
  readonly access: Readonly<Record<string, PrefixAccess>>
  /**
   * Ratios, width by height, that two sides may have without a signature, as `16-9`, sides 1–64, no two within 2 % of each
   * other, none more than 8192 px high at the ladder's largest step; presets bring their own.
   * Default 1-1 4-3 3-4 3-2 2-3 16-9 9-16: what cameras and screens have. Compiled into the edge function.
   */
  readonly aspects: readonly string[]
  /**
   * Prefixes that only CloudFront's own signed URLs and cookies open; each has a behaviour and a function of its own. Default
   * none. At most 9; each ends with a slash and has `A-Za-z0-9._-/` alone.
   */
  readonly cloudFrontSigned: Readonly<Record<string, Guard>>
  /** Whether answers carry x-fovea-key, x-fovea-variant and Server-Timing. Default true: no secret, and it tells what was made. */
  readonly diagnostics: boolean
  /**
   * What becomes of variants whose original is created, overwritten or deleted: `repeated` takes them out of CloudFront's cache,
   * and once more when no render of the old original can be under way; `once` leaves the second out, for half the price; `off`
   * keeps them for up to 30 days. Default `repeated`. Each change costs two paths of an invalidation (`once`: one); 1,000 a month
   * are free, further ones $0.005 each: see docs/operations.md before uploading many originals.
   */
  readonly freshness: 'repeated' | 'once' | 'off'
  /** Whose pages may show the pictures. Default undefined: everyone's. Compiled into the edge function. */
  readonly hotlinks: Hotlinks | undefined
  /** Who makes the signing keys. Default: the deployment, in Secrets Manager, a new one every 30 days; `false`: you. */
  readonly keys: Keys | false
  /**
   * Widths that `width=auto` rounds up to and, where access is bounded, all sizes; in pixels, rising, each 1–8192.
   * Default 160 320 480 640 800 960 1280 1600 1920 2560 3840. Compiled into the edge function.
   */
  readonly ladder: readonly number[]
  /** Bounds on originals and variants. */
  readonly limits: Limits
  /**
   * Prefix of the keys that `overlay` may name, as `overlays/`; it ends with a slash and lies apart from `cloudFrontSigned`.
   * Whoever may have a picture may have these laid over it, whatever `access` says of them. Default none. Compiled into the
   * edge function.
   */
  readonly overlays: string | undefined
  /**
   * Whether each run of the transformer becomes CloudWatch metrics, of which each is billed for each format of answers that
   * occurs; runs are logged either way. Default true.
   */
  readonly metrics: boolean
  /** What `preset=name` stands for, names of 1–32 of `a-z0-9-`. Default none. Compiled into the edge function. */
  readonly presets: Presets
  /** How long signatures live. */
  readonly signing: Signing
  /** Region of the bucket and the Lambda. Default `us-east-1`, where everything else CloudFront uses lives anyway. */
  readonly region: string
  /** Region of Origin Shield. Default: what AWS recommends for `region`; to be given for a region AWS's list lacks. */
  readonly originShieldRegion: string
  /** A region that answers where the first one fails. Default none. */
  readonly secondRegion: SecondRegion | undefined
  /** The Lambda that makes variants. */
  readonly compute: Compute
  /** The distribution that viewers talk to. */
  readonly delivery: Delivery
  /** Dashboard, alarms, access logs and real user monitoring. */
  readonly monitoring: MonitoringSettings
  /** What guards against abuse and its bill. */
  readonly protection: Protection
  /** The originals and the logs. */
  readonly storage: Storage
  /**
   * Tags of every resource, for cost allocation, beside `fovea:deployment` (the stack's name) and `fovea:part`.
   * Default none. At most 40.
   */
  readonly tags: Readonly<Record<string, string>>
}

type Nested =
  | 'cloudFrontSigned'
  | 'compute'
  | 'delivery'
  | 'hotlinks'
  | 'keys'
  | 'limits'
  | 'monitoring'
  | 'protection'
  | 'secondRegion'
  | 'signing'
  | 'storage'

/** What a deployment says in `fovea.config.ts`: whatever is left out has its default. */
export interface GivenSettings extends Partial<Omit<Settings, Nested>> {
  readonly cloudFrontSigned?: Readonly<Record<string, GivenGuard>>
  readonly compute?: Partial<Compute>
  readonly delivery?: Partial<Delivery>
  readonly hotlinks?: GivenHotlinks
  readonly keys?: GivenKeys
  readonly limits?: Partial<Limits>
  readonly monitoring?: GivenMonitoring
  readonly protection?: GivenProtection
  readonly secondRegion?: GivenSecondRegion
  readonly storage?: Partial<Storage>
  readonly signing?: Partial<Signing>
}

const defaults: Settings = {
  access: { '': 'bounded' },
  aspects: defaultSettings.aspects,
  cloudFrontSigned: {},
  diagnostics: true,
  freshness: 'repeated',
  hotlinks: undefined,
  keys: readKeys(undefined),
  ladder: defaultSettings.ladder,
  limits: limitDefaults,
  metrics: true,
  overlays: undefined,
  presets: {},
  signing: readSigning(),
  region: 'us-east-1',
  originShieldRegion: 'us-east-1',
  secondRegion: undefined,
  compute: readCompute(),
  delivery: readDelivery(),
  monitoring: readMonitoring(),
  protection: readProtection(),
  storage: readStorage(),
  tags: {},
  restoreArchived: undefined,
  fallback: undefined,
}

/** Returns complete settings. Throws `expected X for NAME but received Y` for a value no deployment could work with. */
export function defineSettings(given: GivenSettings = {}): Settings {
  expectKnownNames('settings', given, defaults)
  const region = given.region ?? defaults.region
  expectRegion('region', region)
  const ladder = given.ladder ?? defaults.ladder
  expectLadder('ladder', ladder)
  const aspects = readAspects(given.aspects ?? defaults.aspects, ladder)
  const cloudFrontSigned = readGuards(given.cloudFrontSigned ?? defaults.cloudFrontSigned)
  const storage = readStorage(given.storage)
  const settings: Settings = {
    access: readAccess(given.access ?? defaults.access, cloudFrontSigned),
    aspects,
    cloudFrontSigned,
    diagnostics: given.diagnostics ?? defaults.diagnostics,
    freshness: given.freshness ?? defaults.freshness,
    hotlinks: readHotlinks(given.hotlinks),
    keys: readKeys(given.keys),
    ladder,
    limits: fillIn('limits', defaults.limits, given.limits),
    metrics: given.metrics ?? defaults.metrics,
    overlays: given.overlays,
    presets: readPresets(given.presets ?? defaults.presets, { ladder, aspects }),
    signing: readSigning(given.signing),
    region,
    originShieldRegion: readOriginShieldRegion(given.originShieldRegion, region),
    secondRegion: readSecondRegion(given.secondRegion, { region, storage }),
    compute: readCompute(given.compute),
    delivery: readDelivery(given.delivery),
    monitoring: readMonitoring(given.monitoring),
    protection: readProtection(given.protection),
    storage,
    tags: readTags(given.tags ?? defaults.tags),
    ...readTroubleSettings(given),
  }
  checkValues(settings)
  return settings
}

/**
 * Returns what an edge function needs to know: kept small, since code and settings share CloudFront's 10 KB.
 *
 * @param guardedPrefix one of `cloudFrontSigned`, for the function of its behaviour; left out for that of all others.
 */
export function viewerFunctionSettings(settings: Settings, guardedPrefix?: string): DecisionSettings {
  return {
    access: compileAccess(settings.access, settings.cloudFrontSigned, guardedPrefix),
    unsigned: unsignedPattern,
    aspects: compileAspects(settings.aspects, settings.presets),
    overlays: compileOverlays(settings.overlays),
    presets: settings.presets,
    ...compileHotlinks(settings.hotlinks),
    lifetime: settings.signing.maxLifetimeSeconds,
    skew: settings.signing.clockSkewSeconds,
    ladder: settings.ladder,
  }
}

/** Returns the settings as the transformer reads them: `FOVEA_*` variables. */
export function transformerEnvironment(settings: Settings): Readonly<Record<string, string>> {
  return {
    FOVEA_DIAGNOSTICS: settings.diagnostics ? 'on' : 'off',
    FOVEA_INVOKE_MODE: settings.compute.invokeMode,
    FOVEA_LADDER: settings.ladder.join(','),
    FOVEA_METRICS: settings.metrics ? 'on' : 'off',
    FOVEA_OVERLAYS: settings.overlays ?? '',
    FOVEA_PRESETS: JSON.stringify(settings.presets),
    ...limitEnvironment(settings.limits),
    ...troubleEnvironment(settings),
  }
}

function checkValues(settings: Settings): void {
  const { compute, limits } = settings
  expectBoolean('diagnostics', settings.diagnostics)
  expectBoolean('metrics', settings.metrics)
  expectOneOf('freshness', settings.freshness, ['repeated', 'once', 'off'])
  expectLimits(limits, compute.memoryMegabytes)
  expectOverlays(settings.overlays, settings.cloudFrontSigned)
  expectPresetOverlays(settings.presets, settings.overlays)
  expectPlaceholderServed(viewerFunctionSettings(settings), settings.delivery.domainNames)
}
