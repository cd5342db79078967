import type { VariantParameters } from '../../grammar/parameters.ts'
import type { Source } from '../original/inspect.ts'
import { TransformError } from '../transform-error.ts'

/** Which frames are read: all of them, or one. */
export type Frames = 'all' | number

/**
 * The frames that `given` asks of `source`: all of an animation unless a still is asked for, else one page.
 *
 * @throws TransformError `outside`.
 */
export function planFrames(given: Pick<VariantParameters, 'page'>, source: Source): Frames {
  const page = given.page ?? 0
  if (page >= source.pages) {
    throw new TransformError('outside', `a page from 0 to ${source.pages - 1}`, String(page))
  }
  return source.animated && given.page === undefined ? 'all' : page
}
