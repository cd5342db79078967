import { TransformError } from './transform-error.ts'

/**
 * What libvips, the codecs and C++ say where memory is refused (measured with RLIMIT_AS). Not libheif's "Memory allocation error:
 * Security limit exceeded", which is an original's own doing.
 */
const outOfMemory =
  /vips_tracked: out of memory|failed to allocate \d+ bytes|Failed to allocate context buffers|Insufficient memory|std::bad_alloc/

/**
 * The error of a picture that could not be made: the original is to blame, unless memory ran out meanwhile. That is our own trouble:
 * a good original must not be called damaged for an hour because of it.
 *
 * @param expected in words, such as `a whole jpeg file`.
 * @param error what sharp threw.
 */
export function blameOriginal(expected: string, received: string, error: unknown): TransformError {
  return outOfMemory.test(String(error))
    ? new TransformError('failed', 'memory for a variant', 'none', error)
    : new TransformError('undecodable', expected, received, error)
}
