import { gzipSync } from 'node:zlib'

/** Files of formats that are not read, by their first bytes as their specifications have them: enough to be known by. */
export const foreignFormats: Readonly<Record<string, Buffer>> = {
  HEIC: makeBox('heic', 'mif1', 'heic'),
  HEIF: makeBox('mif1', 'miaf'),
  'Canon CR3': makeBox('crx ', 'isom'),
  'QuickTime or MP4': makeBox('isom', 'iso2', 'avc1'),
  'JPEG XL': begin('ff0a'),
  'JPEG 2000': begin('0000000c6a5020200d0a870a'),
  'JPEG XR': begin('4949bc0120000000'),
  'JPEG-LS': begin('ffd8fff7000b08'),
  // Size of the file, two zeros, where the pixels are, and a header of 40 bytes.
  BMP: begin('424d460000000000000036000000280000000200000002000000'),
  ICO: begin('00000100010010100000'),
  PSD: begin('384250530001000000000000000300000010'),
  OpenEXR: begin('762f310102000000'),
  'Radiance HDR': Buffer.from('#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 2 +X 2\n'),
  QOI: Buffer.concat([Buffer.from('qoif'), begin('00000002000000020300')]),
  FLIF: Buffer.from('FLIF31\x01\x01\0\0', 'latin1'),
  DDS: Buffer.concat([Buffer.from('DDS '), begin('7c000000')]),
  KTX: begin('ab4b5458203131bb0d0a1a0a'),
  FITS: Buffer.from('SIMPLE  =                    T'.padEnd(80)),
  DICOM: Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]),
  DjVu: Buffer.from('AT&TFORM\0\0\0\x10DJVU', 'latin1'),
  'GIMP XCF': Buffer.from('gimp xcf v011\0', 'latin1'),
  Netpbm: Buffer.from('P6 60000 60000 255\n'),
  'Olympus ORF': Buffer.from('IIRO\x08\0\0\0', 'latin1'),
  'Panasonic RW2': begin('4949550018000000'),
  'Fujifilm RAF': Buffer.from('FUJIFILMCCD-RAW 0201'),
  PDF: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'),
  PostScript: Buffer.from('%!PS-Adobe-3.0 EPSF-3.0\n'),
  'Windows metafile': begin('d7cdc69a0000'),
  MNG: begin('8a4d4e470d0a1a0a'),
  'gzip, such as SVGZ': gzipSync('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  ZIP: begin('504b030414000000'),
  'Matroska or WebM': begin('1a45dfa301000000'),
}

/** These bytes, and zeros behind them. */
function begin(hex: string): Buffer {
  return Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(64)])
}

/** Text and other bytes that are no picture at all, whatever the name says. */
export const strangers: Readonly<Record<string, Buffer>> = {
  'an empty file': Buffer.alloc(0),
  'one byte': Buffer.from([0xff]),
  'two bytes of a JPEG': Buffer.from([0xff, 0xd8]),
  text: Buffer.from('This is not a picture, whatever its name says.\n'.repeat(20)),
  HTML: Buffer.from('<!doctype html><html><body><script>alert(1)</script></body></html>'),
  'HTML around an SVG': Buffer.from(
    '<html><body><svg xmlns="http://www.w3.org/2000/svg"></svg></body></html>',
  ),
  'XML of another kind': Buffer.from('<?xml version="1.0"?><svgs/>'),
  JSON: Buffer.from('{"svg": "<svg>"}'),
  zeros: Buffer.alloc(4096),
  'a text that begins with BM': Buffer.from('BM is no bitmap here, whatever it says.'),
  'a text that begins with P': Buffer.from('P6x is no picture.'),
  'RIFF that is no WebP': Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1'),
}

/** The first bytes of an ISO base media file: its `ftyp` box. Source: ISO/IEC 14496-12, 4.3. */
export function makeBox(major: string, ...compatible: string[]): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(16 + compatible.length * 4)
  return Buffer.concat([size, Buffer.from(`ftyp${major}\0\0\0\0${compatible.join('')}`), Buffer.alloc(64)])
}
