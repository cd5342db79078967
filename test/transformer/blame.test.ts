import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { blameOriginal } from '../../transformer/blame.ts'

/** What sharp threw of good originals when RLIMIT_AS left it no memory. */
const withoutMemory = [
  'webpsave: failed to allocate 7680000 bytes',
  'VipsJpeg: Insufficient memory (case 4)',
  'Input buffer has corrupt header: vips_tracked: out of memory -- size == 12MB',
  'vips_tracked: out of memory -- size == 9MB',
  'heif: Encoder plugin generated an error: Encoding problem: Failed to allocate context buffers (8.5002)',
  'heif: Encoder plugin generated an error: Encoding problem: Undefined AOM error (8.5002)\nwbuffer_write: write failed',
  'heif: Memory allocation error: Unspecified: Allocating 7680015 bytes failed (6.0)',
  'webpsave: mux error',
  'glib: Error creating thread: Resource temporarily unavailable\n\nvips2png: unable to write to target target',
]

/** What it throws of bad ones. */
const ofTheOriginal = [
  'VipsJpeg: premature end of JPEG image',
  'Input buffer has corrupt header: pngload_buffer: end of stream',
  'VipsJpeg: premature end of JPEG image\nwebpsave: unable to write to target target',
  'heif: Memory allocation error: Security limit exceeded: Allocating 9000000000 bytes (6.1000)',
]

suite('blameOriginal', () => {
  for (const message of withoutMemory) {
    test(`blames us for “${message}”, which is 503 and not kept`, () => {
      const { problem, row } = blameOriginal('a whole file', 'a damaged one', new Error(message))
      assert.deepEqual([problem.code, problem.status, row.maxAgeSeconds], ['failed', 503, 0])
    })
  }

  for (const message of ofTheOriginal) {
    test(`blames the original for “${message}”`, () => {
      assert.equal(
        blameOriginal('a whole file', 'a damaged one', new Error(message)).problem.code,
        'undecodable',
      )
    })
  }
})
