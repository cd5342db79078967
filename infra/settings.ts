import { recommendOriginShieldRegion } from './origin-shield-region.ts'
import {
  expectKnownNames,
  expectLadder,
  expectOneOf,
  expectRegion,
  expectWhole,
  invalidSetting,
} from './setting-rules.ts'

/** What the transformer refuses to read or to make; each is checked before a pixel is decoded. */
export interface Limits {
  /** Size of an original, in bytes; larger ones are answered 415. Default 52,428,800 (50 MiB): held in memory whole, so well below it. */
  readonly maxSourceBytes: number
  /** Pixels of an original, over all its frames. Default 100,000,000: above any camera's, below the decompression bombs met. */
  readonly maxSourcePixels: number
  /** Pixels of a variant, over all its frames. Default 40,000,000: a 24-megapixel photograph at full size with room to spare. */
  readonly maxOutputPixels: number
}

/** The settings of a deployment, complete: what `defineSettings` returns. */
export interface Settings {
  /**
   * Widths that `width=auto` rounds up to, in pixels, rising, each 1–8192.
   * Default 160 320 480 640 800 960 1280 1600 1920 2560 3840. Compiled into the edge function.
   */
  readonly ladder: readonly number[]
  /** Bounds on originals and variants. */
  readonly limits: Limits
  /** Region of the bucket and the Lambda. Default `us-east-1`, where everything else CloudFront uses lives anyway. */
  readonly region: string
  /** Region of Origin Shield. Default: what AWS recommends for `region`; to be given for a region AWS's list lacks. */
  readonly originShieldRegion: string
  /** Memory of the Lambda, in megabytes, 128–10240. Default 1769, the least that comes with one whole vCPU (Lambda guide). */
  readonly memoryMegabytes: number
  /**
   * How the Function URL answers: `buffered` up to about 4.5 MB of image, with Content-Length; `stream` up to 200 MB, slower
   * beyond 6 MB and without Content-Length. Default `buffered`.
   */
  readonly invokeMode: 'buffered' | 'stream'
  /** Time a request may take in the Lambda, in seconds, 1–100. Default 10: over ten times the slowest transform measured. */
  readonly timeoutSeconds: number
}

/** What a deployment says in `fovea.config.ts`: whatever is left out has its default. */
export interface GivenSettings extends Partial<Omit<Settings, 'limits'>> {
  readonly limits?: Partial<Limits>
}

/** The part of the settings that is compiled into the edge function; every byte counts there. */
export type ViewerFunctionSettings = Pick<Settings, 'ladder'>

const defaults: Settings = {
  ladder: [160, 320, 480, 640, 800, 960, 1280, 1600, 1920, 2560, 3840],
  limits: {
    maxSourceBytes: 50 * 1024 * 1024,
    maxSourcePixels: 100_000_000,
    maxOutputPixels: 40_000_000,
  },
  region: 'us-east-1',
  originShieldRegion: 'us-east-1',
  memoryMegabytes: 1769,
  timeoutSeconds: 10,
  invokeMode: 'buffered',
}

/** CloudFront waits at most 120 s for an origin (default quota); the rest is for a cold start, see `delivery.ts`. */
const maxTimeoutSeconds = 100

/** Returns complete settings. Throws `expected X for NAME but received Y` for a value no deployment could work with. */
export function defineSettings(given: GivenSettings = {}): Settings {
  expectKnownNames('settings', given, defaults)
  expectKnownNames('limits', given.limits ?? {}, defaults.limits)
  const region = given.region ?? defaults.region
  expectRegion('region', region)
  const settings: Settings = {
    ladder: given.ladder ?? defaults.ladder,
    limits: {
      maxSourceBytes: given.limits?.maxSourceBytes ?? defaults.limits.maxSourceBytes,
      maxSourcePixels: given.limits?.maxSourcePixels ?? defaults.limits.maxSourcePixels,
      maxOutputPixels: given.limits?.maxOutputPixels ?? defaults.limits.maxOutputPixels,
    },
    region,
    originShieldRegion: given.originShieldRegion ?? originShieldRegionFor(region),
    memoryMegabytes: given.memoryMegabytes ?? defaults.memoryMegabytes,
    timeoutSeconds: given.timeoutSeconds ?? defaults.timeoutSeconds,
    invokeMode: given.invokeMode ?? defaults.invokeMode,
  }
  checkValues(settings)
  return settings
}

/** Returns what the edge function needs to know: kept small, since code and settings share CloudFront's 10 KB. */
export function viewerFunctionSettings(settings: Settings): ViewerFunctionSettings {
  return { ladder: settings.ladder }
}

/** Returns the settings as the transformer reads them: `FOVEA_*` variables. */
export function transformerEnvironment(settings: Settings): Readonly<Record<string, string>> {
  return {
    FOVEA_INVOKE_MODE: settings.invokeMode,
    FOVEA_LADDER: settings.ladder.join(','),
    FOVEA_MAX_SOURCE_BYTES: String(settings.limits.maxSourceBytes),
    FOVEA_MAX_SOURCE_PIXELS: String(settings.limits.maxSourcePixels),
    FOVEA_MAX_OUTPUT_PIXELS: String(settings.limits.maxOutputPixels),
  }
}

function originShieldRegionFor(region: string): string {
  const recommended = recommendOriginShieldRegion(region)
  if (recommended === undefined) {
    throw invalidSetting('originShieldRegion', `a region with Origin Shield near ${region}`, undefined)
  }
  return recommended
}

function checkValues(settings: Settings): void {
  const { limits, memoryMegabytes } = settings
  expectLadder('ladder', settings.ladder)
  expectRegion('originShieldRegion', settings.originShieldRegion)
  expectWhole('memoryMegabytes', memoryMegabytes, 128, 10_240, 'megabytes')
  expectWhole('timeoutSeconds', settings.timeoutSeconds, 1, maxTimeoutSeconds, 'seconds')
  expectOneOf('invokeMode', settings.invokeMode, ['buffered', 'stream'])
  // An original is read into memory whole: one that fills it cannot be transformed, only run out of memory.
  expectWhole('limits.maxSourceBytes', limits.maxSourceBytes, 1, memoryMegabytes * 1024 * 1024 - 1, 'bytes')
  expectWhole('limits.maxSourcePixels', limits.maxSourcePixels, 1, Number.MAX_SAFE_INTEGER, 'pixels')
  expectWhole('limits.maxOutputPixels', limits.maxOutputPixels, 1, Number.MAX_SAFE_INTEGER, 'pixels')
}
