import { transparent } from '../../grammar/colour.ts'
import type { VariantParameters } from '../../grammar/parameters.ts'
import type { Source } from '../original/inspect.ts'
import type { TransformerSettings } from '../settings.ts'
import { TransformError } from '../transform-error.ts'
import { type Encoder, planEncoder } from './encoder.ts'
import { chooseFormat } from './format.ts'
import { type Geometry, planGeometry } from './geometry.ts'
import { readQuality } from './quality.ts'

/** Everything that the pixels need, as numbers and words. */
export interface Plan {
  geometry: Geometry
  encoder: Encoder
  /** `rrggbb` or `rrggbbaa` under the picture. */
  background: string
  /** 1–100 on the one scale; undefined where the format has none. */
  quality?: number
}

/**
 * What will be done to make the variant that `given` asks of `source`.
 *
 * @throws TransformError `over-limit`.
 */
export function planVariant(given: VariantParameters, source: Source, settings: TransformerSettings): Plan {
  const geometry = planGeometry(source, given, source.format === 'svg')
  const pixels = geometry.output.width * geometry.output.height
  if (Math.max(pixels, geometry.scaled.width * geometry.scaled.height) > settings.maxOutputPixels) {
    const expected = `a variant of at most ${settings.maxOutputPixels} pixels`
    throw new TransformError('over-limit', expected, `${geometry.output.width} × ${geometry.output.height}`)
  }
  const format = chooseFormat(given.format, source, pixels)
  const quality = readQuality(given.quality)
  return {
    geometry,
    encoder: planEncoder(format, quality, pixels),
    background: given.background ?? transparent,
    quality: format === 'png' ? undefined : quality,
  }
}
