import { crc32, deflateSync } from 'node:zlib'

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

export interface Header {
  width: number
  height: number
  /** Bits a channel. */
  depth: number
  /** 0 greyscale, 2 RGB, 6 RGB with alpha. */
  colourType: number
  /** Default false. */
  interlaced?: boolean
}

/** A PNG with `compressed`, a zlib stream of filtered rows, as its picture. Source: W3C PNG, section 11. */
export function makePng(
  { width, height, depth, colourType, interlaced = false }: Header,
  compressed: Buffer,
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(depth, 8)
  header.writeUInt8(colourType, 9)
  header.writeUInt8(interlaced ? 1 : 0, 12)
  return Buffer.concat([
    signature,
    makeChunk('IHDR', header),
    makeChunk('IDAT', compressed),
    makeChunk('IEND', Buffer.alloc(0)),
  ])
}

/** `png` with a chunk behind its header. */
export function insertChunk(png: Buffer, type: string, data: Buffer): Buffer {
  // Signature and IHDR have the same length in every PNG.
  const behindHeader = signature.length + 25
  return Buffer.concat([png.subarray(0, behindHeader), makeChunk(type, data), png.subarray(behindHeader)])
}

/** `png` with `profile` embedded. */
export function embedProfile(png: Buffer, profile: Buffer): Buffer {
  const name = Buffer.from('profile\0\0', 'latin1')
  return insertChunk(png, 'iCCP', Buffer.concat([name, deflateSync(profile)]))
}

export function makeChunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const chunk = Buffer.alloc(typed.length + 8)
  chunk.writeUInt32BE(data.length)
  typed.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(typed), typed.length + 4)
  return chunk
}
