import { crc32 } from 'node:zlib'
import type { Random } from '../../security/random.ts'

/** One way to spoil a file. `other` is another file, to take parts of. */
type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer

/** Values of a length field that nobody expects. */
const lengths = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]

/** Ways to spoil a file, by what they are called in the report of a failure. */
const mutations: Readonly<Record<string, Mutation>> = {
  'other bits': (bytes, random) => {
    const changed = Buffer.from(bytes)
    for (let count = 1 + random.below(8); count > 0; count--) {
      const at = random.below(changed.length)
      changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8))
    }
    return changed
  },
  'other bytes': (bytes, random) => {
    const changed = Buffer.from(bytes)
    for (let count = 1 + random.below(16); count > 0; count--)
      changed[random.below(changed.length)] = random.below(256)
    return changed
  },
  'other bytes at the start': (bytes, random) => {
    const changed = Buffer.from(bytes)
    for (let count = 1 + random.below(4); count > 0; count--) {
      changed[random.below(Math.min(64, changed.length))] = random.below(256)
    }
    return changed
  },
  'other letters': (bytes, random) => {
    const changed = Buffer.from(bytes)
    for (let count = 1 + random.below(3); count > 0; count--) {
      changed[random.below(changed.length)] = 32 + random.below(95)
    }
    return changed
  },
  'cut off': (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  'a part missing': (bytes, random) => {
    const from = random.below(bytes.length)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + random.below(40))])
  },
  'a part twice': (bytes, random) => {
    const from = random.below(bytes.length)
    const to = from + 1 + random.below(200)
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)])
  },
  'another length': (bytes, random) => {
    const changed = Buffer.from(bytes)
    const at = random.below(Math.max(1, changed.length - 4))
    const length = random.pick(lengths)
    const width = changed.length < 4 ? 0 : random.below(3)
    if (width === 0) changed.set(Buffer.from([length >>> 8, length]), Math.min(at, changed.length - 2))
    else if (width === 1) changed.writeUInt32BE(length, at)
    else changed.writeUInt32LE(length, at)
    return changed
  },
  'a part of another file': (bytes, random, other) => {
    const from = random.below(other.length)
    const at = random.below(bytes.length)
    return Buffer.concat([
      bytes.subarray(0, at),
      other.subarray(from, from + random.below(300)),
      bytes.subarray(at),
    ])
  },
  'the end of another file': (bytes, random, other) =>
    Buffer.concat([
      bytes.subarray(0, random.below(bytes.length)),
      other.subarray(random.below(other.length)),
    ]),
  'bytes of any kind': (bytes, random) => {
    const at = random.below(bytes.length)
    const noise = Buffer.from(Array.from({ length: random.below(100) }, () => random.below(256)))
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)])
  },
}

/** `bytes`, spoilt in one way or in two, and how. Of a PNG every other has right checksums, so that it is read at all. */
export function mutate(bytes: Buffer, random: Random, other: Buffer): { bytes: Buffer; how: string } {
  const names = Object.keys(mutations)
  const how = [random.pick(names), ...(random.oneIn(3) ? [random.pick(names)] : [])]
  const spoilt = how.reduce(
    (before, name) => (before.length < 4 ? before : (mutations[name]?.(before, random, other) ?? before)),
    bytes,
  )
  const mended = random.oneIn(2) && spoilt.subarray(1, 4).toString() === 'PNG'
  return { bytes: mended ? mendChecksums(spoilt) : spoilt, how: how.join(', ') }
}

/** `png` with the checksum of each of its chunks, as far as they can be told apart. Source: W3C PNG, section 5. */
function mendChecksums(png: Buffer): Buffer {
  const mended = Buffer.from(png)
  let at = 8
  while (at + 12 <= mended.length) {
    const end = at + 8 + mended.readUInt32BE(at)
    if (end + 4 > mended.length) break
    mended.writeUInt32BE(crc32(mended.subarray(at + 4, end)), end)
    at = end + 4
  }
  return mended
}
