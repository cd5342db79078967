import { makeChunk } from './png-chunks.ts'

/**
 * An APNG whose first frame is `still` and whose second one is `next`, pictures of one size and kind. Who knows nothing of
 * animation sees the first. Source: W3C PNG, third edition, 11.3.6.
 */
export function makeAnimatedPng(still: Buffer, next: Buffer): Buffer {
  const [width, height] = [still.readUInt32BE(16), still.readUInt32BE(20)]
  const control = Buffer.alloc(8)
  control.writeUInt32BE(2)
  const frame = (sequence: number) => {
    const data = Buffer.alloc(26)
    data.writeUInt32BE(sequence)
    data.writeUInt32BE(width, 4)
    data.writeUInt32BE(height, 8)
    // A tenth of a second.
    data.writeUInt16BE(1, 20)
    data.writeUInt16BE(10, 22)
    return makeChunk('fcTL', data)
  }
  const sequence = Buffer.from([0, 0, 0, 2])
  const [header, end] = [still.subarray(0, 33), still.subarray(-12)]
  return Buffer.concat([
    header,
    makeChunk('acTL', control),
    frame(0),
    still.subarray(33, -12),
    frame(1),
    makeChunk('fdAT', Buffer.concat([sequence, readData(next)])),
    end,
  ])
}

/** The compressed picture of `png`. */
function readData(png: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const isData = png.toString('latin1', at + 4, at + 8) === 'IDAT'
    if (isData) parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  return Buffer.concat(parts)
}
