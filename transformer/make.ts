import type { VariantParameters } from '../grammar/parameters.ts'
import type { AnswerFormat } from './answer-formats.ts'
import { describeOriginal, isDescription } from './describe/describe.ts'
import { drawOverlay } from './draw-overlay.ts'
import type { Rendering } from './encode.ts'
import { findTrimmed } from './find-trimmed.ts'
import { isBare } from './original/bare.ts'
import { inspectOriginal, type Source } from './original/inspect.ts'
import { isLossy } from './plan/encoder.ts'
import type { AskedParameters } from './plan/focal-point.ts'
import { isOutput } from './plan/format.ts'
import { isOriginalEnough } from './plan/pass.ts'
import { type Plan, planVariant } from './plan/plan.ts'
import { renderVariant } from './render.ts'
import type { TransformerSettings } from './settings.ts'
import { loadSharp } from './sharp.ts'
import type { Stopwatch } from './stopwatch.ts'

/** A variant that has been made, and what was found and decided on the way. */
export interface Made {
  source: Source
  format: AnswerFormat
  /** 1–100 on the one scale; undefined where there was none to choose. */
  quality?: number
  /** Whether the original's own bytes are the variant. */
  passed?: boolean
  rendering: Pick<Rendering, 'bytes' | 'width' | 'height'>
}

/**
 * Makes a variant from the bytes of its original: inspect, trim, plan, render; or inspect and describe.
 *
 * @param overlay the bytes of what `overlay` names.
 * @throws TransformError `not-an-image`, `undecodable`, `over-limit`, `outside`.
 */
export async function makeVariant(
  bytes: Buffer,
  parameters: AskedParameters,
  settings: TransformerSettings,
  watch: Stopwatch,
  overlay?: Buffer,
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
  const { trim } = parameters
  const trimmed =
    trim === undefined
      ? undefined
      : await watch.measure('trim', () => findTrimmed(bytes, source, { ...parameters, trim }, sharp))
  const plan = planVariant(parameters, source, settings, trimmed)
  const laid =
    overlay && (await watch.measure('overlay', () => drawOverlay(overlay, parameters, plan, settings, sharp)))
  const rendering = await watch.measure('render', () => renderVariant(bytes, source, plan, sharp, laid))
  const passed = passOriginal(bytes, parameters, source, plan, rendering)
  const { encoder } = rendering
  const quality = isLossy(encoder) ? plan.quality : undefined
  return passed ?? { source, format: encoder.format, quality, rendering }
}

/** The original as it is, where it would do and is smaller. It has been decoded whole by then: it is what it claims to be. */
function passOriginal(
  bytes: Buffer,
  parameters: VariantParameters,
  source: Source,
  plan: Plan,
  rendering: Rendering,
): Made | undefined {
  const { format } = source
  const smaller = bytes.length < rendering.bytes.length && isOriginalEnough(parameters, source, plan)
  if (!smaller || !isBare(bytes, format) || !isOutput(format)) return undefined
  return { source, format, passed: true, rendering: { ...rendering, bytes } }
}
