import { TransformError } from './transform-error.ts'

/**
 * What libvips, the codecs and C++ say where memory is refused (measured with RLIMIT_AS). Not libheif's "Memory allocation error:
 * Security limit exceeded", which is an original's own doing.
 */
const outOfMemory =
  /vips_tracked: out of memory|failed to allocate|Allocating \d+ bytes failed|Insufficient memory|std::bad_alloc|creating thread/i

/**
 * An encoder that fails, as it does without memory for whatever reason it then gives. Only as the first of several lines: behind a
 * decoder's complaint it is what follows from that.
 */
const encoderFailed = /^(?:heif: Encoder plugin|webpsave|heifsave|jpegsave|pngsave|gifsave|wbuffer_write)/

/**
 * The error of a picture that could not be made: the original is to blame, unless memory ran out meanwhile or it was
 * the encoder that failed. That is our own trouble: a good original must not be called damaged for an hour because of it.
 *
 * @param expected in words, such as `a whole jpeg file`.
 * @param error what sharp threw.
 */
export function blameOriginal(expected: string, received: string, error: unknown): TransformError {
  const said = error instanceof Error ? error.message : String(error)
  return outOfMemory.test(said) || encoderFailed.test(said)
    ? new TransformError('failed', 'a variant', 'a failure while it was made', error)
    : new TransformError('undecodable', expected, received, error)
}
