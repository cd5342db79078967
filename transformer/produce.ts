import type { VariantParameters } from '../grammar/parameters.ts'
import type { Deadline } from './deadline.ts'
import { type Made, makeVariant } from './make.ts'
import type { Original } from './original/originals.ts'
import { findSignature } from './original/signatures.ts'
import type { TransformerSettings } from './settings.ts'
import type { Stopwatch } from './stopwatch.ts'
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
 * @throws TransformError as {@link makeVariant}; `too-costly` at the deadline.
 */
export async function produceVariant(
  original: Original,
  given: VariantParameters,
  { settings, vectors, deadline, watch }: Means,
): Promise<Made> {
  const { bytes, focalPoint, overlay } = original
  const passed = await watch.measure('clean', async () =>
    passVector(bytes, { ...given, gravity: given.gravity ?? focalPoint }),
  )
  if (passed) return passed
  const asked = { ...given, focalPoint }
  return vectors && [bytes, overlay].some((each) => each && findSignature(each)?.format === 'svg')
    ? watch.measure('render', () => vectors.make(bytes, asked, settings, deadline, overlay))
    : deadline.enforce(makeVariant(bytes, asked, settings, watch, overlay))
}
