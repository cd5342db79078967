import type { VariantParameters } from '../grammar/parameters.ts'
import type { AnswerFormat } from './answer-formats.ts'
import { describeOriginal, isDescription } from './describe/describe.ts'
import { inspectOriginal, type Source } from './original/inspect.ts'
import { planVariant } from './plan/plan.ts'
import { type Rendering, renderVariant } from './render.ts'
import type { TransformerSettings } from './settings.ts'
import { loadSharp } from './sharp.ts'
import type { Stopwatch } from './stopwatch.ts'

/** A variant that has been made, and what was found and decided on the way. */
export interface Made {
  source: Source
  format: AnswerFormat
  /** 1–100 on the one scale; undefined where there was none to choose. */
  quality?: number
  rendering: Rendering
}

/**
 * Makes a variant from the bytes of its original: inspect, plan, render; or inspect and describe.
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
  const { format } = parameters
  if (isDescription(format)) {
    const given = { ...parameters, format }
    const describe = () => describeOriginal(bytes, given, source, settings, sharp)
    const text = Buffer.from(await watch.measure('render', describe))
    return { source, format, rendering: { bytes: text, width: source.width, height: source.height } }
  }
  const plan = planVariant(parameters, source, settings)
  const rendering = await watch.measure('render', () => renderVariant(bytes, source, plan, sharp))
  return { source, format: plan.encoder.format, quality: plan.quality, rendering }
}
