import type { VariantParameters } from '../grammar/parameters.ts'
import { findTrimmed } from './find-trimmed.ts'
import { inspectOriginal, type Source } from './original/inspect.ts'
import { type Plan, planVariant } from './plan/plan.ts'
import { type Rendering, renderVariant } from './render.ts'
import type { TransformerSettings } from './settings.ts'
import { loadSharp } from './sharp.ts'
import type { Stopwatch } from './stopwatch.ts'

/** A variant that has been made, and what was found and decided on the way. */
export interface Made {
  source: Source
  plan: Plan
  rendering: Rendering
}

/**
 * Makes a variant from the bytes of its original: inspect, trim, plan, render.
 *
 * @throws TransformError `not-an-image`, `undecodable`, `over-limit`, `outside`.
 */
export async function makeVariant(
  bytes: Buffer,
  parameters: VariantParameters,
  settings: TransformerSettings,
  watch: Stopwatch,
): Promise<Made> {
  const sharp = await loadSharp()
  const source = await watch.measure('inspect', () => inspectOriginal(bytes, settings, sharp))
  const { trim } = parameters
  const trimmed =
    trim === undefined
      ? undefined
      : await watch.measure('trim', () => findTrimmed(bytes, source, { ...parameters, trim }, sharp))
  const plan = planVariant(parameters, source, settings, trimmed)
  const rendering = await watch.measure('render', () => renderVariant(bytes, source, plan, sharp))
  return { source, plan, rendering }
}
