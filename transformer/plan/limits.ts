import { maxSide } from '../../grammar/max-side.ts'
import type { TransformerSettings } from '../settings.ts'
import { TransformError } from '../transform-error.ts'
import type { OutputFormat } from './format.ts'
import type { Geometry, Size } from './geometry.ts'

/**
 * Holds what is read and what is made, of so many `frames` each, in `format`, against the limits.
 *
 * @throws TransformError `over-limit`.
 */
export function checkLimits(
  frames: number,
  { scaled, output }: Geometry,
  source: Size,
  format: OutputFormat,
  settings: TransformerSettings,
): void {
  const { maxFrames, maxSourcePixels, maxOutputPixels } = settings
  // Each is shaped by itself, at a millisecond or two even where it is small.
  if (frames > maxFrames) {
    throw new TransformError('over-limit', `at most ${maxFrames} frames, or animated=0`, String(frames))
  }
  const count = frames > 1 ? `${frames} frames of ` : ''
  if (frames * source.width * source.height > maxSourcePixels) {
    const expected = `an original of at most ${maxSourcePixels} pixels, or animated=0`
    throw new TransformError('over-limit', expected, `${count}${source.width} × ${source.height}`)
  }
  // Only a pad goes beyond what a URL can ask for.
  if (Math.max(output.width, output.height) > maxSide) {
    const expected = `a variant of at most ${maxSide} pixels a side, its pad included`
    throw new TransformError('over-limit', expected, `${output.width} × ${output.height}`)
  }
  // What is scaled before it is cut must fit as well as what comes out.
  const largest = Math.max(scaled.width * scaled.height, output.width * output.height)
  if (frames * largest > maxOutputPixels) {
    const expected = `a variant of at most ${maxOutputPixels} pixels`
    throw new TransformError('over-limit', expected, `${count}${output.width} × ${output.height}`)
  }
  if (format === 'avif' && output.width * output.height > settings.maxAvifOutputPixels) {
    const expected = `a variant of at most ${settings.maxAvifOutputPixels} pixels in AVIF, or another format`
    throw new TransformError('over-limit', expected, `${output.width} × ${output.height}`)
  }
}
