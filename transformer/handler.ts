import { edgeErrors } from '../grammar/edge-errors.ts'
import type { Problem } from '../grammar/problem.ts'
import type { Variant } from '../grammar/variant.ts'
import {
  type Answer,
  answerFallback,
  answerImage,
  answerNotModified,
  answerProblem,
  computeEtag,
  withoutDiagnostics,
} from './answer.ts'
import { type BufferedResult, bufferAnswer, expectBufferable } from './buffered-result.ts'
import { capLifetime } from './cap-lifetime.ts'
import { matchesEtag } from './conditional.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { type Invocation, readEvent, type TransformerEvent } from './event.ts'
import { planFallback } from './fallback.ts'
import type { Made } from './make.ts'
import { describeParts, readParts } from './original/laid-over.ts'
import type { Originals } from './original/originals.ts'
import { produceVariant } from './produce.ts'
import { isRejection, readVariant } from './read-variant.ts'
import type { TransformerSettings } from './settings.ts'
import { loadSharp } from './sharp.ts'
import { type Stopwatch, startStopwatch } from './stopwatch.ts'
import { reportRun } from './telemetry/run-report.ts'
import type { Telemetry } from './telemetry/telemetry.ts'
import { TransformError } from './transform-error.ts'
import type { VectorMaker } from './vector/vector-maker.ts'
import { mayBeVector } from './vector-pass/pass-vector.ts'

/** What the handler needs from outside. */
export interface TransformerDependencies {
  settings: TransformerSettings
  originals: Originals
  /** Where vector graphics are drawn. Default: in this process, which cannot stop one that takes too long. */
  vectors?: VectorMaker
  /** Takes one report of each run. Default: nobody is told. */
  telemetry?: Telemetry
}

/** What Lambda tells about a run. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number
  awsRequestId?: string
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

/** What came of a run. */
interface Result {
  answer: Answer
  /** What was made, of an original of so many bytes. */
  made?: Made & { bytesIn: number }
  /** For the log. */
  warning?: string
}

/** What one run is about, and what it works with. */
interface Run extends TransformerDependencies {
  invocation: Invocation
  deadline: Deadline
  watch: Stopwatch
}

/** The transformer, whichever way its answers are sent. */
export function createResponder(dependencies: TransformerDependencies): Responder {
  const { settings, telemetry } = dependencies
  let coldStart = !settings.startedAhead
  return async (event, context) => {
    const watch = startStopwatch()
    const invocation = readEvent(event)
    const deadline = startDeadline(context.getRemainingTimeInMillis())
    const { method, canonical: overHttp } = invocation
    const run = { ...dependencies, invocation, deadline, watch }
    const { answer, variant, error, made, warning } = await answerRun(run)
    const facts = { variant, error, made, warning, status: answer.status }
    const times = { durationMs: watch.total(), steps: watch.steps() }
    const started = { requestId: context.awsRequestId, coldStart }
    coldStart = false
    await telemetry?.write(reportRun({ ...facts, ...times, ...started }))
    return { answer: finishAnswer(answer, settings), method, overHttp }
  }
}

/** The answer as the settings let it out. */
function finishAnswer(answer: Answer, { diagnostics, maxAgeSeconds }: TransformerSettings): Answer {
  const told = diagnostics ? answer : withoutDiagnostics(answer)
  return maxAgeSeconds === undefined ? told : capLifetime(told, maxAgeSeconds)
}

/** The Lambda handler of a buffered Function URL, and of direct invocations. */
export type Handler = (event: TransformerEvent, context: InvocationContext) => Promise<BufferedResult>

/** A handler whose answers Lambda buffers. */
export function createHandler(dependencies: TransformerDependencies): Handler {
  const respond = createResponder(dependencies)
  return async (event, context) => {
    const { answer, method } = await respond(event, context)
    return bufferAnswer(answer, method)
  }
}

async function answerRun(run: Run): Promise<Result & { variant?: Variant; error?: Explained }> {
  let variant: Variant | undefined
  try {
    variant = readVariant(run.invocation, run.settings)
    return { variant, ...(await transform(variant, run)) }
  } catch (thrown) {
    const error = explain(thrown)
    const fallback = variant && (await showFallback(variant, error, run))
    const answer = fallback?.answer ?? answerProblem(error.problem, error.maxAgeSeconds, variant)
    return { ...fallback, answer, variant, error }
  }
}

async function transform(variant: Variant, run: Run): Promise<Result> {
  const { settings, originals, telemetry, deadline, watch } = run
  const unchanged = await findUnchanged(variant, run)
  if (unchanged) return unchanged
  // The original is on its way while sharp is loaded, which a cold start would otherwise pay one after the other.
  const fetching = watch.measure('fetch', () =>
    readParts(variant, originals, settings.maxOverlayBytes, deadline.signal),
  )
  // Until it is awaited below nobody listens: without this a missing original would end the process.
  fetching.catch(() => {})
  // A name is only a guess, and by it a vector graphic that is passed on needs no sharp; what is none loads it later.
  if (!(variant.key.endsWith('.svg') && mayBeVector(variant.parameters))) await loadSharp()
  telemetry?.prepare()
  const original = await fetching
  const made = await produceVariant(original, variant.parameters, run)
  const answer = answerImage(variant, original, made, settings.fingerprint)
  if (settings.invokeMode === 'buffered') expectBufferable(answer)
  return {
    answer: { ...answer, headers: { ...answer.headers, 'server-timing': watch.format() } },
    made: { ...made, bytesIn: original.bytes.length },
    warning: original.warning,
  }
}

/** 304 where the viewer's, or CloudFront's, copy is still what would be made: decided without reading a byte of it. */
async function findUnchanged(variant: Variant, run: Run): Promise<Result | undefined> {
  const { invocation, settings, originals, deadline, watch } = run
  const ifNoneMatch = invocation.header('if-none-match')
  if (ifNoneMatch === '') return undefined
  const original = await watch.measure('describe', () => describeParts(variant, originals, deadline.signal))
  return matchesEtag(ifNoneMatch, computeEtag(variant, original, settings.fingerprint))
    ? { answer: answerNotModified(variant, original, settings.fingerprint), warning: original.warning }
    : undefined
}

/** The picture that stands for an original that cannot be shown; undefined where there is none, or it cannot be shown either. */
async function showFallback(
  variant: Variant,
  error: Explained,
  run: Run,
): Promise<Partial<Result> | undefined> {
  const { settings, originals, deadline, watch } = run
  const fallback = planFallback(variant, error.problem.code, settings)
  if (!fallback) return undefined
  try {
    const original = await watch.measure('fallback', () => originals.read(fallback.key, deadline.signal))
    const made = await produceVariant(original, fallback.parameters, run)
    const answer = answerFallback(variant, fallback.key, error, made, original.bytes.length)
    if (settings.invokeMode === 'buffered') expectBufferable(answer)
    return { answer, made: { ...made, bytesIn: original.bytes.length }, warning: original.warning }
  } catch (thrown) {
    const { code, expected, received } = explain(thrown).problem
    return { warning: `no fallback: ${code}, expected ${expected} but received ${received}` }
  }
}

/** An error as it is answered and logged. */
interface Explained {
  code: string
  problem: Problem
  maxAgeSeconds: number
  cause?: unknown
  warning?: string
}

function explain(thrown: unknown): Explained {
  if (isRejection(thrown)) {
    return { code: thrown.code, problem: thrown, maxAgeSeconds: edgeErrors[thrown.code].maxAgeSeconds }
  }
  const { problem, row, cause, warning } =
    thrown instanceof TransformError
      ? thrown
      : new TransformError('failed', 'a variant', 'a failure of the transformer', thrown)
  return { code: problem.code, problem, maxAgeSeconds: row.maxAgeSeconds, cause, warning }
}
