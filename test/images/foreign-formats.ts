/** Files of formats that are not read, by their first bytes: enough to be known by. */
export const foreignFormats: Readonly<Record<string, Buffer>> = {
  HEIC: makeBox('heic', 'mif1', 'heic'),
  'JPEG XL': Buffer.from(`ff0a${'00'.repeat(64)}`, 'hex'),
  'JPEG 2000': Buffer.from(`0000000c6a5020200d0a870a${'00'.repeat(64)}`, 'hex'),
  BMP: Buffer.concat([Buffer.from('BM'), Buffer.alloc(64)]),
  PDF: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'),
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
  'a PPM, which libvips would read': Buffer.from('P6 60000 60000 255\n'),
  'a Radiance HDR': Buffer.from('#?RADIANCE\n'),
  'RIFF that is no WebP': Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1'),
}

/** The first bytes of an ISO base media file: its `ftyp` box. Source: ISO/IEC 14496-12, 4.3. */
export function makeBox(major: string, ...compatible: string[]): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(16 + compatible.length * 4)
  return Buffer.concat([size, Buffer.from(`ftyp${major}\0\0\0\0${compatible.join('')}`), Buffer.alloc(64)])
}
