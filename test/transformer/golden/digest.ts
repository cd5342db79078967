import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { revision } from '../../../grammar/variant.ts'
import { rewriteCommand } from './request.ts'

/** What made the bytes: with the same makers they must be the same. */
export interface Makers {
  /** Of the canonical URLs. */
  revision: number
  /** Operating system and processor's architecture. */
  platform: string
  /** Of sharp and each library in it. */
  versions: Readonly<Record<string, string>>
}

/** What is kept of one variant. */
export interface Digest {
  type: string
  bytes: number
  sha256: string
  /** The picture at 8 × 8 over white, in base64; none of a text. */
  looks?: string
}

/** The committed file. */
export interface Digests {
  makers: Makers
  /** By request. */
  variants: Readonly<Record<string, Digest>>
}

/** Of 255, for the mean of all channels at 8 × 8: what another version of an encoder may change. */
const tolerance = 4

/** What would make bytes here and now. */
export function describeMakers(): Makers {
  return { revision, platform: `${process.platform}-${process.arch}`, versions: { ...sharp.versions } }
}

/** The digest of an answer's body. */
export async function digestVariant(body: Buffer, type: string): Promise<Digest> {
  const sha256 = createHash('sha256').update(body).digest('hex')
  const looks = type.startsWith('image/') ? { looks: (await shrink(body)).toString('base64') } : {}
  return { type, bytes: body.length, sha256, ...looks }
}

/** In words, what is wrong with `made`, of the same or of other makers than `recorded`; undefined where nothing is. */
export function judgeDigest(
  request: string,
  recorded: Digest | undefined,
  made: Digest,
  sameMakers: boolean,
): string | undefined {
  if (!recorded) return `expected a digest of ${request}: run \`${rewriteCommand}\``
  if (sameMakers) {
    if (recorded.sha256 === made.sha256 && recorded.type === made.type) return undefined
    return (
      `expected ${request} to give the same bytes as long as \`revision\` in grammar/variant.ts is ${revision}, ` +
      `but received ${made.bytes} bytes of ${made.type} where ${recorded.bytes} of ${recorded.type} were. ` +
      `If that is meant, raise \`revision\`, or what is cached keeps the old bytes (before the first release nothing is cached); ` +
      `then run \`${rewriteCommand}\``
    )
  }
  const distance = measureLooks(recorded.looks, made.looks)
  if (recorded.type === made.type && distance <= tolerance) return undefined
  return `expected ${request} to look as ${recorded.type} did, within ${tolerance} of 255, but received ${made.type} at ${distance.toFixed(1)}`
}

async function shrink(body: Buffer): Promise<Buffer> {
  const flat = await sharp(body).flatten({ background: 'white' }).toColourspace('srgb').png().toBuffer()
  return sharp(flat).resize(8, 8, { fit: 'fill' }).removeAlpha().raw({ depth: 'uchar' }).toBuffer()
}

function measureLooks(one = '', other = ''): number {
  const [a, b] = [Buffer.from(one, 'base64'), Buffer.from(other, 'base64')]
  if (a.length !== b.length) return 255
  if (a.length === 0) return 0
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length
}
