/** RGB working spaces that originals come in, by their published numbers. */
export const spaces = {
  /** IEC 61966-2-1. */
  srgb: {
    primaries: [0.64, 0.33, 0.3, 0.6, 0.15, 0.06],
    colorants: [0.43607, 0.22249, 0.01392, 0.38515, 0.71687, 0.09708, 0.14307, 0.06061, 0.7141],
    linearise: lineariseSrgb,
  },
  /** Adobe RGB (1998) Color Image Encoding, section 4.3. */
  'adobe-rgb': {
    primaries: [0.64, 0.33, 0.21, 0.71, 0.15, 0.06],
    colorants: [0.60974, 0.31111, 0.01947, 0.20528, 0.62567, 0.06087, 0.14919, 0.06322, 0.74457],
    linearise: (value: number) => value ** (563 / 256),
  },
  /** SMPTE RP 431-2's primaries, D65 and the curve of sRGB, as Apple's Display P3. */
  'display-p3': {
    primaries: [0.68, 0.32, 0.265, 0.69, 0.15, 0.06],
    colorants: [0.51512, 0.2412, -0.00105, 0.29198, 0.69225, 0.04189, 0.1571, 0.06657, 0.78407],
    linearise: lineariseSrgb,
  },
} as const

export type SpaceName = keyof typeof spaces

/** The linear light, 0–1, of a channel of sRGB. Source: IEC 61966-2-1. */
function lineariseSrgb(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/** A version 2 display profile of `name`: matrix and curves. Source: ICC.1:2001-04, sections 6 and 8.3.2. */
export function makeIccProfile(name: SpaceName): Buffer {
  const { colorants, linearise } = spaces[name]
  const curve = makeCurve(linearise)
  const tags: [string, Buffer][] = [
    ['desc', makeDescription(name)],
    ['cprt', Buffer.concat([Buffer.from('text\0\0\0\0CC0\0', 'latin1')])],
    // The white of the profile connection space, D50.
    ['wtpt', makeXyz([0.9642, 1, 0.8249])],
    ['rXYZ', makeXyz(colorants.slice(0, 3))],
    ['gXYZ', makeXyz(colorants.slice(3, 6))],
    ['bXYZ', makeXyz(colorants.slice(6, 9))],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]
  const table = Buffer.alloc(4 + tags.length * 12)
  table.writeUInt32BE(tags.length)
  const parts: Buffer[] = []
  let offset = 128 + table.length
  for (const [index, [signature, data]] of tags.entries()) {
    table.write(signature, 4 + index * 12, 'latin1')
    table.writeUInt32BE(offset, 8 + index * 12)
    table.writeUInt32BE(data.length, 12 + index * 12)
    const padded = Buffer.concat([data, Buffer.alloc(-data.length & 3)])
    parts.push(padded)
    offset += padded.length
  }
  const header = Buffer.alloc(128)
  header.writeUInt32BE(offset)
  header.writeUInt32BE(0x02400000, 8)
  header.write('mntrRGB XYZ ', 12, 'latin1')
  header.write('acsp', 36, 'latin1')
  makeXyz([0.9642, 1, 0.8249]).copy(header, 68, 8)
  return Buffer.concat([header, table, ...parts])
}

function makeXyz(values: readonly number[]): Buffer {
  const tag = Buffer.alloc(20)
  tag.write('XYZ ', 'latin1')
  for (const [index, value] of values.entries()) tag.writeInt32BE(Math.round(value * 65536), 8 + index * 4)
  return tag
}

function makeCurve(linearise: (value: number) => number): Buffer {
  const points = 1024
  const tag = Buffer.alloc(12 + points * 2)
  tag.write('curv', 'latin1')
  tag.writeUInt32BE(points, 8)
  for (let index = 0; index < points; index++) {
    tag.writeUInt16BE(Math.round(linearise(index / (points - 1)) * 65535), 12 + index * 2)
  }
  return tag
}

function makeDescription(text: string): Buffer {
  const tag = Buffer.alloc(12 + text.length + 1 + 78)
  tag.write('desc', 'latin1')
  tag.writeUInt32BE(text.length + 1, 8)
  tag.write(text, 12, 'latin1')
  return tag
}
