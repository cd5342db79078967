import { constants, deflateRawSync } from 'node:zlib'

/** Bytes of zeros that are packed at once, and then stand as often as they are needed. */
const blockBytes = 1_000_000

/**
 * A zlib stream of `length` zeros, a thousandth of its size: it takes neither the time nor the memory of what it unpacks to.
 */
export function packZeros(length: number): Buffer {
  const block = deflateZeros(blockBytes)
  const whole = Math.floor(length / blockBytes)
  const checksum = Buffer.alloc(4)
  // Adler-32 of n zeros: a stays 1 and b is n. Source: RFC 1950, section 8.2.
  checksum.writeUInt16BE(length % 65521)
  checksum.writeUInt16BE(1, 2)
  return Buffer.concat([
    Buffer.from('789c', 'hex'),
    ...Array<Buffer>(whole).fill(block),
    deflateZeros(length % blockBytes),
    // The last block, empty.
    Buffer.from('0300', 'hex'),
    checksum,
  ])
}

/** A full flush ends on a byte and forgets what came before, so that what follows can be anything. */
function deflateZeros(length: number): Buffer {
  return deflateRawSync(Buffer.alloc(length), { level: 9, finishFlush: constants.Z_FULL_FLUSH })
}
