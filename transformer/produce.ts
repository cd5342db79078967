import type { VariantParameters } from '../grammar/parameters.ts'
import type { Deadline } from './deadline.ts'
import { type Made, makeVariant } from './make.ts'
import type { Original } from './original/originals.ts'
import { findSignature } from './original/signatures.ts'
import type { TransformerSettings } from './settings.ts'
import type { Stopwatch } from './stopwatch.ts'
import { TransformError } from './transform-error.ts'
import type { VectorMaker } from './vector/vector-maker.ts'
import { passVector } from './vector-pass/pass-vector.ts'

/** What variants are made with. */
export interface Means {
  settings: TransformerSettings
  vectors?: VectorMaker
  deadline: Deadline
  watch: Stopwatch
}

/**
 * Makes a variant of `original` where that is done best: a vector graphic that needs no pixels is written anew, whatever has
 * a vector graphic drawn goes to a process that can be stopped, the rest is made here.
 *
 * @throws TransformError as {@link makeVariant}; at the deadline `too-costly`, or `unavailable` where S3 had taken its time.
 */
export async function produceVariant(
  original: Original,
  given: VariantParameters,
  { settings, vectors, deadline, watch }: Means,
): Promise<Made> {
  const { bytes, focalPoint, overlay } = original
  const isVector = (each: Buffer | undefined) => each !== undefined && findSignature(each)?.format === 'svg'
  const pass = async () => passVector(bytes, { ...given, gravity: given.gravity ?? focalPoint })
  const passed = isVector(bytes) ? await watch.measure('clean', pass) : undefined
  if (passed) return passed
  const asked = { ...given, focalPoint }
  const making =
    vectors && (isVector(bytes) || isVector(overlay))
      ? watch.measure('render', () => vectors.make(bytes, asked, settings, deadline, overlay))
      : deadline.enforce(makeVariant(bytes, asked, settings, watch, overlay))
  return making.catch((error: unknown) => {
    throw blameFetch(error, watch.steps().fetch ?? 0, deadline.budgetMs)
  })
}

/** Milliseconds that S3 may take without being blamed: what a large original takes. */
const usualFetchMs = 1000

/** Of the time there is, what S3 may take without being blamed. */
const usualFetchShare = 0.25

/**
 * What a variant is refused with that was not made in time. Too costly is kept for an hour: where S3 was slow the next one to ask may
 * well have it.
 */
function blameFetch(error: unknown, fetchMs: number, budgetMs: number): unknown {
  const late = error instanceof TransformError && error.problem.code === 'too-costly'
  if (!late || fetchMs <= Math.max(usualFetchMs, budgetMs * usualFetchShare)) return error
  const received = `one after ${Math.round(fetchMs)} of ${budgetMs} ms`
  return new TransformError('unavailable', 'an original in time for its variant', received, error)
}
