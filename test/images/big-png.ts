import { constants, deflateRawSync } from 'node:zlib'
import { makePng } from './png-chunks.ts'

/**
 * A whole, valid PNG of one bit a pixel, all black: a few hundred kilobytes that decode to gigabytes. Its rows are
 * compressed once and repeated, so it takes neither the time nor the memory of the picture.
 */
export function makeBigPng(width: number, height: number): Buffer {
  const rowBytes = 1 + Math.ceil(width / 8)
  const rowsPerBlock = 50
  if (height % rowsPerBlock !== 0)
    throw new Error(`expected a multiple of ${rowsPerBlock} but received ${height}`)
  // A full flush ends on a byte and forgets what came before: the block can stand any number of times.
  const block = deflateRawSync(Buffer.alloc(rowBytes * rowsPerBlock), {
    level: 9,
    finishFlush: constants.Z_FULL_FLUSH,
  })
  const lastBlock = Buffer.from('0300', 'hex')
  const checksum = Buffer.alloc(4)
  // Adler-32 of n zeros: a stays 1 and b is n. Source: RFC 1950, section 8.2.
  checksum.writeUInt16BE((rowBytes * height) % 65521)
  checksum.writeUInt16BE(1, 2)
  const blocks = Array<Buffer>(height / rowsPerBlock).fill(block)
  const stream = Buffer.concat([Buffer.from('789c', 'hex'), ...blocks, lastBlock, checksum])
  return makePng({ width, height, depth: 1, colourType: 0 }, stream)
}
