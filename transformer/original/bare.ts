import type { SourceFormat } from './signatures.ts'

/**
 * Whether a file of `format` holds a picture in sRGB and nothing else: no metadata, comment, thumbnail, foreign profile or data
 * behind its end. By lists of what is harmless, so that whatever is not known is not passed on. AVIF is too rich to be looked
 * through so; TIFF and SVG are not for every page.
 */
export function isBare(bytes: Buffer, format: SourceFormat): boolean {
  switch (format) {
    case 'jpeg':
      return isBareJpeg(bytes)
    case 'png':
      return isBarePng(bytes)
    case 'webp':
      return isBareWebp(bytes)
    case 'gif':
      return isBareGif(bytes)
    default:
      return false
  }
}

/** Source: ITU T.81, B.1. */
function isBareJpeg(bytes: Buffer): boolean {
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes.readUInt8(at + 1)
    const payload = bytes.subarray(at + 4, at + 2 + bytes.readUInt16BE(at + 2))
    if (!isHarmlessSegment(marker, payload)) return false
    at += 4 + payload.length
    if (marker === 0xda) at = findMarker(bytes, at)
  }
  return at === bytes.length - 2 && bytes.readUInt16BE(at) === 0xffd9
}

/** The next marker behind entropy-coded data, in which 0xff00 stands for 0xff and 0xffd0 to 0xffd7 restart. */
function findMarker(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at >= 0) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at
    at = bytes.indexOf(0xff, at + 2)
  }
  return bytes.length
}

function isHarmlessSegment(marker: number, payload: Buffer): boolean {
  const begins = (text: string) => payload.toString('latin1', 0, text.length) === text
  // JFIF and Adobe's at the lengths that they have without a thumbnail and without a comment.
  if (marker === 0xe0) return begins('JFIF\0') && payload.length === 14
  if (marker === 0xee) return begins('Adobe') && payload.length === 12
  if (marker === 0xe2) return begins('ICC_PROFILE\0\x01\x01') && isSrgbProfile(payload.subarray(14))
  // Frames, tables, scans, restarts.
  return (marker >= 0xc0 && marker <= 0xcf) || [0xda, 0xdb, 0xdd].includes(marker)
}

/** The profiles of sRGB that are about have 0.5 to 3.1 kB, and say so in a version's ASCII or the other's UTF-16. */
function isSrgbProfile(profile: Buffer): boolean {
  const text = profile.toString('latin1').replaceAll('\0', '')
  return profile.length < 4000 && text.includes('sRGB')
}

/** Source: PNG, third edition, 5.3 and 11. An `acTL` would make it an animation, which is not what was decoded. */
function isBarePng(bytes: Buffer): boolean {
  const harmless = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'sRGB', 'pHYs', 'sBIT', 'bKGD']
  const names: string[] = []
  let at = 8
  while (at + 12 <= bytes.length && names.at(-1) !== 'IEND') {
    names.push(bytes.toString('latin1', at + 4, at + 8))
    at += 12 + bytes.readUInt32BE(at)
  }
  // What these say is sRGB's own where that is named too; else it would be for browsers to convert.
  const allowed = names.includes('sRGB') ? [...harmless, 'gAMA', 'cHRM'] : harmless
  return at === bytes.length && names.every((name) => allowed.includes(name))
}

/** Source: RFC 9649, section 2. */
function isBareWebp(bytes: Buffer): boolean {
  const harmless = ['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF']
  let at = 12
  while (at + 8 <= bytes.length) {
    const name = bytes.toString('latin1', at, at + 4)
    const size = bytes.readUInt32LE(at + 4)
    const isProfile = name === 'ICCP' && isSrgbProfile(bytes.subarray(at + 8, at + 8 + size))
    if (!isProfile && !harmless.includes(name)) return false
    at += 8 + size + (size & 1)
  }
  return at === bytes.length && bytes.readUInt32LE(4) === bytes.length - 8
}

/** Source: GIF89a, sections 17 to 27. */
function isBareGif(bytes: Buffer): boolean {
  const tableBytes = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)
  const byte = (at: number) => bytes[at] ?? 0
  const skipBlocks = (from: number) => {
    let at = from
    while (byte(at) !== 0) at += 1 + byte(at)
    return at + 1
  }
  let at = 13 + tableBytes(byte(10))
  while (at < bytes.length) {
    if (byte(at) === 0x3b) return at === bytes.length - 1
    if (byte(at) === 0x2c) at = skipBlocks(at + 11 + tableBytes(byte(at + 9)))
    else if (isHarmlessExtension(bytes, at)) at = skipBlocks(at + 2)
    else return false
  }
  return false
}

/** How long a frame is shown, and how often all are. */
function isHarmlessExtension(bytes: Buffer, at: number): boolean {
  const label = bytes.toString('latin1', at, at + 2)
  const loops = bytes.toString('latin1', at + 3, at + 14) === 'NETSCAPE2.0' && bytes[at + 18] === 0
  return label === '!\xf9' || (label === '!\xff' && loops)
}
