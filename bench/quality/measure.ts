import sharp from 'sharp'
import { inspectContent } from '../../transformer/content.ts'
import { measureDetail } from '../../transformer/detail.ts'
import { type Choice, planCandidates } from '../../transformer/plan/candidates.ts'
import { type Encoder, isLossy, planEncoder } from '../../transformer/plan/encoder.ts'
import { scaleQuality } from '../../transformer/plan/quality.ts'
import type { Pixels, Scorer } from '../score.ts'
import type { Kind, Original } from './corpus.ts'
import { shrink } from './corpus.ts'
import { type Curve, type Encoders, encodePixels, type Point, startCurve } from './curve.ts'

/** Formats that have a quality. */
export const formats = ['jpeg', 'webp', 'avif'] as const
export type Format = (typeof formats)[number]

/** JPEG quality at which bytes are compared. */
export const comparedQuality = 80

/** JPEG qualities at which the table of equal looks is checked. */
export const checkedQualities = [50, 60, 70, 75, 80, 85, 90] as const

/** What one picture measured at one width. */
export interface PictureFigures {
  name: string
  kind: Kind
  /** That was asked for. */
  width: number
  /** Of plain sharp: JPEG 80, or WebP 80 where the picture is transparent. */
  plain: Point
  /** Bytes at the same score, or without loss where that is smaller, to plain sharp's; JPEG has no transparency. */
  ratios: Readonly<Partial<Record<Format, number>>>
  /** Of photographs: scores at equal quality on the one scale, less plain JPEG's; in the order of {@link checkedQualities}. */
  differences?: Readonly<Record<Format, readonly number[]>>
}

/** The encoder as the transformer plans it for `picture`, but at a quality of its own scale. */
export async function planFor(picture: Pixels, format: Format): Promise<Encoders> {
  const { data, width, height } = picture
  const detail = await measureDetail({ pixels: data, width, height, channels: 4 }, sharp)
  const { options } = planEncoder(format, comparedQuality, width * height, false, detail)
  return (quality) => ({ format, options: { ...options, quality } }) as Encoder
}

/** The encoder as plain sharp has it. */
export function plainAt(format: Format, quality: number): Encoder {
  return { format, options: { quality } }
}

/** Undefined where the original is too small for `width`. */
export async function measurePicture(
  original: Original,
  width: number,
  scorer: Scorer,
): Promise<PictureFigures | undefined> {
  const picture = await shrink(original, width)
  if (!picture) return undefined
  const { name, kind } = original
  const plainFormat = kind === 'transparent' ? 'webp' : 'jpeg'
  const plainCurve = startCurve(picture, (quality) => plainAt(plainFormat, quality), scorer)
  const plain = await plainCurve.at(comparedQuality)
  const curves = new Map<Format, Curve>()
  for (const format of formats)
    curves.set(format, startCurve(picture, await planFor(picture, format), scorer))
  const ratios: Partial<Record<Format, number>> = {}
  for (const [format, curve] of curves) {
    if (format === 'jpeg' && kind === 'transparent') continue
    const lossy = await curve.find(plain.score, scaleQuality(comparedQuality, format))
    const bytes =
      kind === 'photograph' ? lossy.bytes : Math.min(lossy.bytes, await findLossless(picture, format))
    ratios[format] = bytes / plain.bytes
  }
  const differences = kind === 'photograph' ? await compareScores(plainCurve, curves) : undefined
  return { name, kind, width, plain, ratios, differences }
}

const choices = { jpeg: 'auto', webp: 'auto.webp', avif: 'auto.avif' } as const satisfies Record<
  Format,
  Choice
>

/** Bytes of the smallest encoding without loss that the transformer tries for this content; infinite where it tries none. */
async function findLossless(picture: Pixels, format: Format): Promise<number> {
  const { data, width, height } = picture
  const content = inspectContent({ pixels: data, width, height, channels: 4 })
  const encoder = planEncoder(format, comparedQuality, width * height)
  const candidates = planCandidates(choices[format], encoder, comparedQuality, content, { width, height })
  const lossless = candidates.filter((candidate) => !isLossy(candidate))
  const encoded = await Promise.all(lossless.map((candidate) => encodePixels(picture, candidate)))
  return Math.min(...encoded.map(({ length }) => length))
}

async function compareScores(
  plain: Curve,
  curves: ReadonlyMap<Format, Curve>,
): Promise<Record<Format, number[]>> {
  const differences: Record<Format, number[]> = { jpeg: [], webp: [], avif: [] }
  for (const [format, curve] of curves) {
    for (const quality of checkedQualities) {
      const point = await curve.at(scaleQuality(quality, format))
      differences[format].push(point.score - (await plain.at(quality)).score)
    }
  }
  return differences
}
