import { formatCacheTag } from '../../grammar/cache-tag.ts'
import { formatParameters } from '../../grammar/query.ts'
import type { Variant } from '../../grammar/variant.ts'
import type { AnswerFormat } from '../answer-formats.ts'
import { isDescription } from '../describe/describe.ts'
import type { Made } from '../make.ts'
import type { SourceFormat } from '../original/signatures.ts'

/** What became of a request. */
export type Outcome =
  /** A picture was made. */
  | 'made'
  /** The original's own bytes were the answer. */
  | 'passed'
  /** The answer tells of the original. */
  | 'described'
  | 'not-modified'
  /** Something but us is to blame: 4xx. */
  | 'refused'
  /** Our own trouble: 5xx. */
  | 'failed'

/**
 * What is logged and counted of one request. Nothing in it is text of who asked: no key, no header, no signature, no query.
 * An original is told by its cache tag, which who knows the key can compute; a variant by its parameters without those that
 * are free text.
 */
export interface RunReport {
  requestId?: string
  /** Whether this was the first request of a process that was started for it. */
  coldStart: boolean
  outcome: Outcome
  status: number
  /** Code of an error. */
  error?: string
  /** Of a failure: what it came from, with a stack. */
  reason?: string
  /** What was passed over, in words. */
  warnings?: readonly string[]
  /** Cache tag of the original. */
  original?: string
  /** As in the canonical URL: `width=800&format=auto.avif`. */
  variant?: string
  sourceFormat?: SourceFormat
  sourceWidth?: number
  sourceHeight?: number
  format?: AnswerFormat
  width?: number
  height?: number
  /** Width × height of the answer, of one frame; undefined where it is no picture. */
  pixels?: number
  /** Of the original. */
  bytesIn?: number
  /** Of the answer, as GET has it. */
  bytesOut?: number
  /** By which the answer is smaller than the original, at least 0; undefined where it is no picture. */
  bytesSaved?: number
  /** Whether the picture of the setting `fallback` is the answer. */
  fallback?: true
  durationMs: number
  /** Milliseconds by step, as in Server-Timing. */
  steps: Readonly<Record<string, number>>
}

/** What is known of a run at its end. */
export interface RunFacts {
  requestId: string | undefined
  coldStart: boolean
  status: number
  variant: Variant | undefined
  error: { code: string; cause?: unknown; warning?: string } | undefined
  /** What was made of an original of so many bytes; of an error, the fallback. */
  made: (Made & { bytesIn: number }) | undefined
  /** What else was passed over. */
  warning: string | undefined
  durationMs: number
  steps: Readonly<Record<string, number>>
}

/** Parameters that hold what a person wrote freely, or another key. */
const freeTexts = ['overlay', 'version', 'download']

/** The report of a run. */
export function reportRun(facts: RunFacts): RunReport {
  const { requestId, coldStart, status, variant, error, made, durationMs, steps } = facts
  const outcome = findOutcome(facts)
  const warnings = [error?.warning, facts.warning].filter((each) => each !== undefined)
  return {
    requestId,
    coldStart,
    outcome,
    status,
    error: error?.code,
    ...(outcome === 'failed' && { reason: describeCause(error?.cause) }),
    ...(warnings.length > 0 && { warnings }),
    ...(variant && { original: formatCacheTag(variant.key), variant: describeParameters(variant) }),
    ...(made && describeMade(made)),
    ...(made && error && { fallback: true }),
    durationMs,
    steps,
  }
}

function findOutcome({ status, made }: RunFacts): Outcome {
  if (status >= 400) return status < 500 ? 'refused' : 'failed'
  if (!made) return 'not-modified'
  if (isDescription(made.format)) return 'described'
  return made.passed ? 'passed' : 'made'
}

function describeParameters({ parameters }: Variant): string {
  const kept = Object.entries(parameters).filter(([name]) => !freeTexts.includes(name))
  return formatParameters(Object.fromEntries(kept), true).slice(1)
}

function describeMade({ source, format, rendering, bytesIn }: Made & { bytesIn: number }) {
  const { bytes, width, height } = rendering
  const isPicture = !isDescription(format)
  return {
    sourceFormat: source.format,
    sourceWidth: source.width,
    sourceHeight: source.height,
    format,
    ...(isPicture && { width, height, pixels: width * height }),
    bytesIn,
    bytesOut: bytes.length,
    ...(isPicture && { bytesSaved: Math.max(0, bytesIn - bytes.length) }),
  }
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
