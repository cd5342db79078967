import type { VariantParameters } from '../grammar/parameters.ts'
import { blameOriginal } from './blame.ts'
import type { Source } from './original/inspect.ts'
import { planFrames } from './plan/frames.ts'
import type { Region } from './plan/region.ts'
import { planTrim } from './plan/trim.ts'
import type { SharpModule } from './sharp.ts'

/**
 * What `trim` leaves of an original, upright: a decoding of its own, since all sizes follow from it. An animation is
 * trimmed by its first frame, so that the others keep their place.
 *
 * @throws TransformError `undecodable`, `outside`.
 */
export async function findTrimmed(
  bytes: Buffer,
  source: Source,
  given: Pick<VariantParameters, 'page'> & { trim: number },
  sharp: SharpModule,
): Promise<Region> {
  const frames = planFrames(given, source)
  const page = source.pages > 1 ? { page: frames === 'all' ? 0 : frames } : {}
  const opened = sharp(bytes, { failOn: 'error', limitInputPixels: false, ...page })
  // Browsers do not turn animations, and their size is planned as it lies.
  const upright = frames === 'all' ? opened : opened.autoOrient()
  try {
    const { data, info } = await upright.raw().toBuffer({ resolveWithObject: true })
    return planTrim({ data, width: info.width, height: info.height, channels: info.channels }, given.trim)
  } catch (error) {
    throw blameOriginal(`a whole ${source.format} file`, 'a damaged one', error)
  }
}
