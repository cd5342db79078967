import type { VariantParameters } from '../../grammar/parameters.ts'
import type { Source } from '../original/inspect.ts'
import { planVariant } from '../plan/plan.ts'
import { renderVariant } from '../render.ts'
import type { TransformerSettings } from '../settings.ts'
import type { SharpModule } from '../sharp.ts'

/** A small version of an original, upright: sRGB with alpha, 8 bits a channel, row by row. */
export interface Sample {
  width: number
  height: number
  rgba: Buffer
}

/** Pixels; thumbhash takes no more. Its encoders, and the dominant colour, look at every one. */
const maxSide = 100

/** The frame that `given` names, else the first, within {@link maxSide}. */
export async function makeSample(
  bytes: Buffer,
  { page = 0 }: Pick<VariantParameters, 'page'>,
  source: Source,
  settings: TransformerSettings,
  sharp: SharpModule,
): Promise<Sample> {
  const given = { width: maxSide, height: maxSide, fit: 'inside', page, format: 'png' } as const
  const plan = planVariant(given, source, settings)
  const small = await renderVariant(bytes, source, plan, sharp)
  const picture = sharp(small.bytes).toColourspace('srgb').ensureAlpha()
  const rgba = await picture.raw({ depth: 'uchar' }).toBuffer()
  return { width: small.width, height: small.height, rgba }
}
