/** The formats that are read, by sharp's names (`heif` is AVIF here: the prebuilt libvips has no HEVC). */
export type SourceFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff' | 'svg'

interface Signature {
  format: SourceFormat | string
  /** Whether sharp's prebuilt libvips decodes it. */
  readable: boolean
  matches: (bytes: Buffer) => boolean
}

const startsWith =
  (...hex: string[]) =>
  (bytes: Buffer) =>
    hex.some((each) => bytes.subarray(0, each.length / 2).toString('hex') === each)

/** ISO base media files name their brands in the `ftyp` box that comes first. Source: ISO/IEC 14496-12, 4.3. */
const hasBrand =
  (...brands: string[]) =>
  (bytes: Buffer) => {
    if (bytes.toString('latin1', 4, 8) !== 'ftyp') return false
    const box = bytes.toString('latin1', 8, Math.min(bytes.readUInt32BE(0), 64))
    return brands.some((brand) => box.includes(brand))
  }

/** What may stand before the root element of an XML document; each is tried at one place and goes on behind it. */
const prologue: readonly RegExp[] = [
  /\s+/y,
  /<\?[^>]*>/y,
  /<!--[\s\S]*?-->/y,
  /<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>/iy,
]

/** Whether the root element is `svg`. Walks forward only: nothing in a file can make it look twice at the same place. */
function hasSvgRoot(bytes: Buffer): boolean {
  const text = bytes.toString('utf8', 0, 4096).replace(/^\uFEFF/, '')
  let place = 0
  for (let before = -1; before !== place; ) {
    before = place
    for (const part of prologue) {
      part.lastIndex = place
      if (part.test(text)) place = part.lastIndex
    }
  }
  return /^<(?:\w+:)?svg[\s>/]/i.test(text.slice(place, place + 64))
}

/** First bytes to formats, in the order in which they are tried. */
const signatures: readonly Signature[] = [
  { format: 'jpeg', readable: true, matches: startsWith('ffd8ff') },
  { format: 'png', readable: true, matches: startsWith('89504e470d0a1a0a') },
  { format: 'gif', readable: true, matches: startsWith('474946383761', '474946383961') },
  {
    format: 'webp',
    readable: true,
    matches: (bytes) =>
      bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  },
  { format: 'avif', readable: true, matches: hasBrand('avif', 'avis') },
  { format: 'tiff', readable: true, matches: startsWith('49492a00', '4d4d002a', '49492b00', '4d4d002b') },
  { format: 'svg', readable: true, matches: hasSvgRoot },
  { format: 'HEIC', readable: false, matches: hasBrand('heic', 'heix', 'hevc', 'mif1', 'msf1') },
  { format: 'JPEG XL', readable: false, matches: startsWith('ff0a', '0000000c4a584c20') },
  { format: 'JPEG 2000', readable: false, matches: startsWith('0000000c6a502020', 'ff4fff51') },
  { format: 'BMP', readable: false, matches: startsWith('424d') },
  { format: 'PDF', readable: false, matches: startsWith('25504446') },
]

/** What `bytes` are by their content; undefined for anything unknown. A file's name says nothing. */
export function findSignature(bytes: Buffer): { format: string; readable: boolean } | undefined {
  return signatures.find((signature) => signature.matches(bytes))
}
