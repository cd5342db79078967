import { edgeErrors } from '../grammar/edge-errors.ts'
import type { Variant } from '../grammar/variant.ts'
import { type Answer, answerImage, answerProblem, type BufferedResult, bufferAnswer } from './answer.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { type Invocation, readEvent, type TransformerEvent } from './event.ts'
import { inspectOriginal } from './original/inspect.ts'
import type { Originals } from './original/originals.ts'
import { planVariant } from './plan/plan.ts'
import { isRejection, readVariant } from './read-variant.ts'
import { renderVariant } from './render.ts'
import type { TransformerSettings } from './settings.ts'
import { loadSharp } from './sharp.ts'
import { type Stopwatch, startStopwatch } from './stopwatch.ts'
import { TransformError } from './transform-error.ts'

/** What the handler needs from outside. */
export interface TransformerDependencies {
  settings: TransformerSettings
  originals: Originals
  /** Takes one structured line per failure of ours. Default: standard error. */
  log?: (entry: object) => void
}

/** What Lambda tells about a run. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number
}

export type Handler = (event: TransformerEvent, context: InvocationContext) => Promise<BufferedResult>

/** The Lambda handler: from an event to the bytes of a variant, or to an honest error. Never throws. */
export function createHandler({ settings, originals, log = logLine }: TransformerDependencies): Handler {
  return async (event, context) => {
    const invocation = readEvent(event)
    let variant: Variant | undefined
    try {
      variant = readVariant(invocation, settings)
      const deadline = startDeadline(context.getRemainingTimeInMillis())
      return bufferAnswer(await transform(variant, settings, originals, deadline), invocation.method)
    } catch (error) {
      return explain(error, variant, invocation, log)
    }
  }
}

async function transform(
  variant: Variant,
  settings: TransformerSettings,
  originals: Originals,
  deadline: Deadline,
): Promise<Answer> {
  const watch: Stopwatch = startStopwatch()
  // The original is on its way while sharp is loaded, which a cold start would otherwise pay one after the other.
  const fetching = watch.measure('fetch', () => originals.read(variant.key, deadline.signal))
  // Until it is awaited below nobody listens: without this a missing original would end the process.
  fetching.catch(() => {})
  const sharp = await loadSharp()
  const original = await fetching
  const { source, plan, rendering } = await deadline.enforce(
    (async () => {
      const source = await watch.measure('inspect', () => inspectOriginal(original.bytes, settings, sharp))
      const plan = planVariant(variant.parameters, source, settings)
      const rendering = await watch.measure('render', () =>
        renderVariant(original.bytes, source, plan, sharp),
      )
      return { source, plan, rendering }
    })(),
  )
  const answer = answerImage(variant, original, source, plan, rendering, settings.fingerprint)
  return { ...answer, headers: { ...answer.headers, 'server-timing': watch.format() } }
}

function explain(
  error: unknown,
  variant: Variant | undefined,
  invocation: Invocation,
  log: (entry: object) => void,
): BufferedResult {
  if (isRejection(error)) {
    return bufferAnswer(answerProblem(edgeErrors[error.code], error, variant), invocation.method)
  }
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
  return bufferAnswer(answerProblem(known.row, known.problem, variant), invocation.method)
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}

function logLine(entry: object): void {
  console.error(JSON.stringify(entry))
}
