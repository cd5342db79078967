import type { PresetParameters } from '../grammar/parameters.ts'

/** What a deployment decides about the transformer. `infra` writes it into the environment; nothing else reads that. */
export interface TransformerSettings {
  /** Bucket of the originals. */
  bucket: string
  /** Another S3 endpoint than AWS's, addressed path-style; for the local edge and for S3-compatible stores. */
  s3Endpoint?: string
  /** Bytes that an original may have. Default 50 MiB. */
  maxSourceBytes: number
  /** Pixels that an original may have over all frames that are used, before they are decoded. Default 100 million. */
  maxSourcePixels: number
  /** Pixels that an original in AVIF or of 16 bits a channel may have: it takes up to 24 bytes for each. Default 50 million. */
  maxCostlySourcePixels: number
  /** Frames that an animation may have. Default 1000. */
  maxFrames: number
  /** Pixels that a variant may have, over all its frames. Default 40 million. */
  maxOutputPixels: number
  /** Pixels that a variant in AVIF may have: its encoder takes up to 41 bytes for each. Default 20 million. */
  maxAvifOutputPixels: number
  /** Bytes that an overlay may have. Default 10 MiB. */
  maxOverlayBytes: number
  /** Pixels that an overlay may have. Default 16 million. */
  maxOverlayPixels: number
  /** Widths in pixels that `width=auto` of a direct invocation rounds up to. */
  ladder: readonly number[]
  /** What `preset` of a direct invocation stands for, by name. */
  presets: Readonly<Record<string, PresetParameters>>
  /** Prefix of the keys that may be laid over others. Default: none may. */
  overlays?: string
  /** How the Function URL sends answers: 'buffered' up to about 4.5 MB, or 'stream'. Default 'buffered'. */
  invokeMode: 'buffered' | 'stream'
  /** Whether answers say what was made of what, and how long it took. Default true. */
  diagnostics: boolean
  /** What the function is called, in its log and metrics: one account may have several. Default 'transformer'. */
  functionName: string
  /** Whether each request becomes CloudWatch metrics; it is logged either way. Default true. */
  metrics: boolean
  /** Seconds that anything may be kept, where originals are copies that may be old. Default undefined: as long as it is right. */
  maxAgeSeconds?: number
  /** How archived originals are restored when they are asked for. Default undefined: they are not. */
  restoreArchived?: RestoreSettings
  /** Key of the original that is shown where one cannot be. Default undefined: errors are text alone. */
  fallbackKey?: string
  /** Whether the process was started ahead of its first request, by provisioned concurrency. Default false. */
  startedAhead: boolean
  /** Digest of code and settings that goes into every ETag. Default 'dev'. */
  fingerprint: string
}

/** Source of both: Amazon S3 API reference, RestoreObject. */
export interface RestoreSettings {
  /** For how long a restored copy stays. */
  days: number
  tier: RestoreTier
}

/** How fast, and how dear, a restore is. */
export type RestoreTier = (typeof restoreTiers)[number]

const restoreTiers = ['Standard', 'Bulk', 'Expedited'] as const

/**
 * The settings that the environment holds.
 *
 * @throws Error naming the variable, what was expected and what was received.
 */
export function readSettings(environment: NodeJS.ProcessEnv): TransformerSettings {
  const bucket = environment.IMAGE_BUCKET
  if (!bucket) throw new Error('expected the name of a bucket for IMAGE_BUCKET but received nothing')
  return {
    bucket,
    s3Endpoint: environment.FOVEA_S3_ENDPOINT || undefined,
    maxSourceBytes: readInteger(environment, 'FOVEA_MAX_SOURCE_BYTES', 50 * 1024 * 1024),
    maxSourcePixels: readInteger(environment, 'FOVEA_MAX_SOURCE_PIXELS', 100_000_000),
    maxCostlySourcePixels: readInteger(environment, 'FOVEA_MAX_COSTLY_SOURCE_PIXELS', 50_000_000),
    maxFrames: readInteger(environment, 'FOVEA_MAX_FRAMES', 1000),
    maxOutputPixels: readInteger(environment, 'FOVEA_MAX_OUTPUT_PIXELS', 40_000_000),
    maxAvifOutputPixels: readInteger(environment, 'FOVEA_MAX_AVIF_OUTPUT_PIXELS', 20_000_000),
    maxOverlayBytes: readInteger(environment, 'FOVEA_MAX_OVERLAY_BYTES', 10 * 1024 * 1024),
    maxOverlayPixels: readInteger(environment, 'FOVEA_MAX_OVERLAY_PIXELS', 16_000_000),
    ladder: readIntegers(environment, 'FOVEA_LADDER', '640,1280,1920'),
    presets: readPresets(environment.FOVEA_PRESETS || '{}'),
    overlays: environment.FOVEA_OVERLAYS || undefined,
    invokeMode: readInvokeMode(environment.FOVEA_INVOKE_MODE || 'buffered'),
    diagnostics: readSwitch(environment, 'FOVEA_DIAGNOSTICS'),
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME || 'transformer',
    metrics: readSwitch(environment, 'FOVEA_METRICS'),
    maxAgeSeconds: environment.FOVEA_MAX_AGE_SECONDS
      ? readInteger(environment, 'FOVEA_MAX_AGE_SECONDS', Number.NaN)
      : undefined,
    restoreArchived: readRestore(environment),
    fallbackKey: environment.FOVEA_FALLBACK_KEY || undefined,
    // Lambda's own variable, as the function's name. Source: AWS Lambda developer guide, "Defined runtime environment variables".
    startedAhead: environment.AWS_LAMBDA_INITIALIZATION_TYPE === 'provisioned-concurrency',
    fingerprint: environment.FOVEA_FINGERPRINT || 'dev',
  }
}

/** Written by `infra` from settings that it has checked. */
function readPresets(json: string): TransformerSettings['presets'] {
  try {
    return JSON.parse(json)
  } catch {
    throw new Error(`expected JSON for FOVEA_PRESETS but received "${json}"`)
  }
}

function readInvokeMode(text: string): TransformerSettings['invokeMode'] {
  if (text === 'buffered' || text === 'stream') return text
  throw new Error(`expected buffered or stream for FOVEA_INVOKE_MODE but received "${text}"`)
}

/** On where nothing is said. */
function readSwitch(environment: NodeJS.ProcessEnv, name: string): boolean {
  const text = environment[name] || 'on'
  if (text === 'on' || text === 'off') return text === 'on'
  throw new Error(`expected on or off for ${name} but received "${text}"`)
}

/** Days and tier, both or neither. */
function readRestore(environment: NodeJS.ProcessEnv): RestoreSettings | undefined {
  const { FOVEA_RESTORE_DAYS: days = '', FOVEA_RESTORE_TIER: named = '' } = environment
  if (days === '' && named === '') return undefined
  const tier = restoreTiers.find((each) => each === named)
  if (!tier) {
    throw new Error(`expected ${restoreTiers.join(', ')} for FOVEA_RESTORE_TIER but received "${named}"`)
  }
  return { days: readInteger(environment, 'FOVEA_RESTORE_DAYS', Number.NaN), tier }
}

function readInteger(environment: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const [value, ...more] = readIntegers(environment, name, String(fallback))
  if (value !== undefined && more.length === 0) return value
  throw new Error(`expected one positive whole number for ${name} but received "${environment[name]}"`)
}

function readIntegers(environment: NodeJS.ProcessEnv, name: string, fallback: string): number[] {
  const text = environment[name] || fallback
  const values = text.split(',').map(Number)
  if (values.every((value) => Number.isSafeInteger(value) && value > 0)) return values
  throw new Error(`expected positive whole numbers for ${name} but received "${text}"`)
}
