import { crc32, deflateSync } from 'node:zlib'
import { drawPicture } from './running-edge.ts'

/** A JPEG that ends within its pixels. */
export async function truncateJpeg(): Promise<Buffer> {
  const whole = await drawPicture(600, 400).jpeg().toBuffer()
  return whole.subarray(0, Math.floor(whole.length / 2))
}

/** A whole and valid PNG of one colour: small as a file, and as large as its sides when it is decoded. */
export function packPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // One bit a pixel, greyscale.
  header.writeUInt8(1, 8)
  const pixels = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 9 })
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    packChunk('IHDR', header),
    packChunk('IDAT', pixels),
    packChunk('IEND', Buffer.alloc(0)),
  ])
}

function packChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, checksum])
}
