/** The formats that are read, by sharp's names (`heif` is AVIF here: the prebuilt libvips has no HEVC). */
export type SourceFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff' | 'svg'

interface Signature {
  format: SourceFormat | string
  /** Whether sharp's prebuilt libvips decodes it. */
  readable: boolean
  matches: (bytes: Buffer) => boolean
}

/** ASCII as {@link startsWith} takes it. */
const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex')

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

/** ISO/IEC 14496-12, 4.2: a size, then the type. */
function isBox(bytes: Buffer): boolean {
  return bytes.toString('latin1', 4, 8) === 'ftyp'
}

/** `BM` alone begins many a text: behind it the two reserved numbers are 0, and a header of a known size follows. */
function isBmp(bytes: Buffer): boolean {
  return (
    bytes.toString('latin1', 0, 2) === 'BM' &&
    bytes.length >= 18 &&
    bytes.readUInt32LE(6) === 0 &&
    bytes.readUInt32LE(14) < 256
  )
}

/** `P1` to `P7`, then white space. */
function isNetpbm(bytes: Buffer): boolean {
  return /^P[1-7fF][\s#]/.test(bytes.toString('latin1', 0, 3))
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
  // Before the formats that begin alike.
  { format: 'JPEG-LS', readable: false, matches: startsWith('ffd8fff7') },
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
  { format: 'HEIC', readable: false, matches: hasBrand('heic', 'heix', 'hevc', 'hevx', 'heim', 'heis') },
  { format: 'Canon CR3', readable: false, matches: hasBrand('crx ') },
  { format: 'JPEG 2000', readable: false, matches: startsWith('0000000c6a502020', 'ff4fff51') },
  { format: 'JPEG XL', readable: false, matches: startsWith('ff0a', '0000000c4a584c20') },
  { format: 'JPEG XR', readable: false, matches: startsWith('4949bc') },
  { format: 'BMP', readable: false, matches: isBmp },
  { format: 'ICO', readable: false, matches: startsWith('00000100', '00000200') },
  { format: 'PSD', readable: false, matches: startsWith('38425053') },
  { format: 'OpenEXR', readable: false, matches: startsWith('762f3101') },
  { format: 'Radiance HDR', readable: false, matches: startsWith(hex('#?RADIANCE'), hex('#?RGBE')) },
  { format: 'QOI', readable: false, matches: startsWith(hex('qoif')) },
  { format: 'FLIF', readable: false, matches: startsWith(hex('FLIF')) },
  { format: 'DDS', readable: false, matches: startsWith(hex('DDS ')) },
  { format: 'KTX', readable: false, matches: startsWith('ab4b5458203131bb', 'ab4b5458203230bb') },
  { format: 'FITS', readable: false, matches: startsWith(hex('SIMPLE  =')) },
  { format: 'DICOM', readable: false, matches: (bytes) => bytes.toString('latin1', 128, 132) === 'DICM' },
  { format: 'DjVu', readable: false, matches: startsWith(hex('AT&TFORM')) },
  { format: 'GIMP XCF', readable: false, matches: startsWith(hex('gimp xcf ')) },
  { format: 'Netpbm', readable: false, matches: isNetpbm },
  { format: 'Olympus ORF', readable: false, matches: startsWith(hex('IIRO'), hex('MMOR')) },
  { format: 'Panasonic RW2', readable: false, matches: startsWith('49495500') },
  { format: 'Fujifilm RAF', readable: false, matches: startsWith(hex('FUJIFILMCCD-RAW')) },
  { format: 'PDF', readable: false, matches: startsWith('25504446') },
  { format: 'PostScript', readable: false, matches: startsWith(hex('%!PS'), 'c5d0d3c6') },
  {
    format: 'Windows metafile',
    readable: false,
    matches: startsWith('d7cdc69a', '0100000058000000', '0100000060000000'),
  },
  { format: 'MNG', readable: false, matches: startsWith('8a4d4e470d0a1a0a') },
  { format: 'gzip, such as SVGZ', readable: false, matches: startsWith('1f8b08') },
  { format: 'ZIP', readable: false, matches: startsWith('504b0304') },
  { format: 'Matroska or WebM', readable: false, matches: startsWith('1a45dfa3') },
  {
    format: 'QuickTime or MP4',
    readable: false,
    matches: (bytes) => isBox(bytes) && !hasBrand('mif1', 'msf1')(bytes),
  },
  { format: 'HEIF', readable: false, matches: isBox },
]

/** What `bytes` are by their content; undefined for anything unknown. A file's name says nothing. */
export function findSignature(bytes: Buffer): { format: string; readable: boolean } | undefined {
  return signatures.find((signature) => signature.matches(bytes))
}
