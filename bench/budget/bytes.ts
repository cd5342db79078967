import { scaleQuality } from '../../transformer/plan/quality.ts'
import { type Original, shrink } from '../quality/corpus.ts'
import { startCurve } from '../quality/curve.ts'
import { plainAt, planFor } from '../quality/measure.ts'
import type { Scorer } from '../score.ts'

/** AVIF of one photograph at one width. */
export interface ByteFigures {
  name: string
  width: number
  /** Our bytes to those of plain sharp's AVIF, which makes effort 4, at the same score. */
  ratio: number
  /** Quality of plain sharp's AVIF there. */
  plainQuality: number
}

/** JPEG quality whose score is aimed at: what is made where none is asked for. */
const comparedQuality = 75

/** Undefined where the original is too small for `width`. */
export async function measureBytes(
  original: Original,
  width: number,
  scorer: Scorer,
): Promise<ByteFigures | undefined> {
  const picture = await shrink(original, width)
  if (!picture) return undefined
  const curve = (encoders: Parameters<typeof startCurve>[1]) => startCurve(picture, encoders, scorer)
  const target = await curve((quality) => plainAt('jpeg', quality)).at(comparedQuality)
  const guess = scaleQuality(comparedQuality, 'avif')
  const ours = await curve(await planFor(picture, 'avif')).find(target.score, guess)
  const plain = await curve((quality) => plainAt('avif', quality)).find(target.score, ours.quality)
  return {
    name: original.name,
    width,
    ratio: ours.bytes / plain.bytes,
    plainQuality: Math.round(plain.quality),
  }
}
