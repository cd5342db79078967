/** `jpeg` with a segment of `marker` (0xffe1 is APP1) behind its first two bytes. Source: ITU T.81, B.1.1.4. */
export function insertSegment(jpeg: Buffer, marker: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(marker)
  head.writeUInt16BE(payload.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, payload, jpeg.subarray(2)])
}

/** `jpeg` with `profile` embedded; its numbers stay as they are. Source: ICC.1:2001-04, B.4. */
export function embedProfile(jpeg: Buffer, profile: Buffer): Buffer {
  return insertSegment(jpeg, 0xffe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), profile]))
}
