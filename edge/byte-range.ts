/**
 * Reads a Range header against a size in bytes. What is no single byte range is ignored, as RFC 9110 14.2 allows and S3 does with
 * several ranges at once; what lies wholly beyond the end, or asks for the last 0 bytes, is unsatisfiable.
 */
export function readByteRange(
  header: string | undefined,
  sizeBytes: number,
): 'whole' | 'unsatisfiable' | { start: number; length: number } {
  const match = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? '')
  if (match === null) return 'whole'
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return 'whole'
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes)
    return length === 0 ? 'unsatisfiable' : { start: sizeBytes - length, length }
  }
  const start = Number(first)
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  if (last !== '' && Number(last) < start) return 'whole'
  return start >= sizeBytes ? 'unsatisfiable' : { start, length: end - start + 1 }
}
