import { edgeErrors } from '../grammar/edge-errors.ts'
import type { Variant } from '../grammar/variant.ts'
import {
  type Answer,
  answerImage,
  answerNotModified,
  answerProblem,
  computeEtag,
  withoutDiagnostics,
} from './answer.ts'
import { type BufferedResult, bufferAnswer, limitBufferedAnswer } from './buffered-result.ts'
import { matchesEtag } from './conditional.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { type Invocation, readEvent, type TransformerEvent } from './event.ts'
import { makeVariant } from './make.ts'
import type { Originals } from './original/originals.ts'
import { findSignature } from './original/signatures.ts'
import { isRejection, readVariant } from './read-variant.ts'
import type { TransformerSettings } from './settings.ts'
import { loadSharp } from './sharp.ts'
import { startStopwatch } from './stopwatch.ts'
import { TransformError } from './transform-error.ts'
import type { VectorMaker } from './vector/vector-maker.ts'
import { mayBeVector, passVector } from './vector-pass/pass-vector.ts'

/** What the handler needs from outside. */
export interface TransformerDependencies {
  settings: TransformerSettings
  originals: Originals
  /** Where vector graphics are drawn. Default: in this process, which cannot stop one that takes too long. */
  vectors?: VectorMaker
  /** Takes one structured line per failure of ours. Default: standard error. */
  log?: (entry: object) => void
}

/** What Lambda tells about a run. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number
}

/** An answer, and how it is to be sent. */
export interface Response {
  answer: Answer
  method: string
  /** Whether a Function URL asked; else it was a direct invocation, which has no HTTP. */
  overHttp: boolean
}

/** From an event to the bytes of a variant, or to an honest error. Never throws. */
export type Responder = (event: TransformerEvent, context: InvocationContext) => Promise<Response>

/** The transformer, whichever way its answers are sent. */
export function createResponder(dependencies: TransformerDependencies): Responder {
  const { settings, log = logLine } = dependencies
  return async (event, context) => {
    const invocation = readEvent(event)
    const { method, canonical: overHttp } = invocation
    const finish = (answer: Answer): Response => ({
      answer: settings.diagnostics ? answer : withoutDiagnostics(answer),
      method,
      overHttp,
    })
    let variant: Variant | undefined
    try {
      variant = readVariant(invocation, settings)
      const deadline = startDeadline(context.getRemainingTimeInMillis())
      return finish(await transform(variant, invocation, dependencies, deadline))
    } catch (error) {
      return finish(explain(error, variant, invocation, log))
    }
  }
}

/** The Lambda handler of a buffered Function URL, and of direct invocations. */
export type Handler = (event: TransformerEvent, context: InvocationContext) => Promise<BufferedResult>

/** A handler whose answers Lambda buffers. */
export function createHandler(dependencies: TransformerDependencies): Handler {
  const respond = createResponder(dependencies)
  return async (event, context) => {
    const { answer, method } = await respond(event, context)
    return bufferAnswer(limitBufferedAnswer(answer), method)
  }
}

async function transform(
  variant: Variant,
  invocation: Invocation,
  { settings, originals, vectors }: TransformerDependencies,
  deadline: Deadline,
): Promise<Answer> {
  const watch = startStopwatch()
  const unchanged = await findUnchanged(variant, invocation, settings, originals, deadline)
  if (unchanged) return unchanged
  // The original is on its way while sharp is loaded, which a cold start would otherwise pay one after the other.
  const fetching = watch.measure('fetch', () => originals.read(variant.key, deadline.signal))
  // Until it is awaited below nobody listens: without this a missing original would end the process.
  fetching.catch(() => {})
  // A name is only a guess, and by it a vector graphic that is passed on needs no sharp; what is none loads it later.
  if (!(variant.key.endsWith('.svg') && mayBeVector(variant.parameters))) await loadSharp()
  const original = await fetching
  const passed = await watch.measure('clean', async () => passVector(original.bytes, variant.parameters))
  const make = () =>
    vectors && findSignature(original.bytes)?.format === 'svg'
      ? watch.measure('render', () => vectors.make(original.bytes, variant.parameters, settings, deadline))
      : deadline.enforce(makeVariant(original.bytes, variant.parameters, settings, watch))
  const answer = answerImage(variant, original, passed ?? (await make()), settings.fingerprint)
  return { ...answer, headers: { ...answer.headers, 'server-timing': watch.format() } }
}

/** 304 where the viewer's, or CloudFront's, copy is still what would be made: decided without reading a byte of it. */
async function findUnchanged(
  variant: Variant,
  invocation: Invocation,
  settings: TransformerSettings,
  originals: Originals,
  deadline: Deadline,
): Promise<Answer | undefined> {
  const ifNoneMatch = invocation.header('if-none-match')
  if (ifNoneMatch === '') return undefined
  const original = await originals.describe(variant.key, deadline.signal)
  return matchesEtag(ifNoneMatch, computeEtag(variant, original, settings.fingerprint))
    ? answerNotModified(variant, original, settings.fingerprint)
    : undefined
}

function explain(
  error: unknown,
  variant: Variant | undefined,
  invocation: Invocation,
  log: (entry: object) => void,
): Answer {
  if (isRejection(error)) return answerProblem(error, edgeErrors[error.code].maxAgeSeconds, variant)
  const known =
    error instanceof TransformError
      ? error
      : new TransformError('failed', 'a variant', 'a failure of the transformer', error)
  // What a caller or an original is to blame for is an answer, not an event; our own trouble is logged once, here.
  if (known.row.status >= 500) {
    log({
      level: 'error',
      code: known.problem.code,
      url: invocation.path,
      reason: describeCause(known.cause),
    })
  }
  return answerProblem(known.problem, known.row.maxAgeSeconds, variant)
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}

function logLine(entry: object): void {
  console.error(JSON.stringify(entry))
}
