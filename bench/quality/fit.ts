import { scaleQuality } from '../../transformer/plan/quality.ts'
import type { Scorer } from '../score.ts'
import { deviation, mean } from '../statistics.ts'
import { type Original, shrink } from './corpus.ts'
import { startCurve } from './curve.ts'
import { type Format, formats, plainAt, planFor } from './measure.ts'

/** Plain JPEG's qualities that the table has a row for, besides its ends, 1 and 100. */
export const fittedQualities = [10, 30, 50, 60, 70, 80, 90, 95] as const

/** One picture's qualities of equal score, by format, in the order of {@link fittedQualities}. */
export type Equals = Readonly<Record<Format, readonly number[]>>

/** A row of the table of equal looks. */
export interface FittedRow {
  /** Of plain JPEG. */
  quality: number
  /** The encoder's own, 1–100, with their standard deviation over the pictures. */
  equals: Readonly<Record<Format, { quality: number; deviation: number }>>
}

/** Undefined where the original is too small for `width`. */
export async function findEquals(
  original: Original,
  width: number,
  scorer: Scorer,
): Promise<Equals | undefined> {
  const picture = await shrink(original, width)
  if (!picture) return undefined
  const plain = startCurve(picture, (quality) => plainAt('jpeg', quality), scorer)
  const equals: Record<Format, number[]> = { jpeg: [], webp: [], avif: [] }
  for (const format of formats) {
    const curve = startCurve(picture, await planFor(picture, format), scorer)
    let guess = scaleQuality(fittedQualities[0], format)
    for (const quality of fittedQualities) {
      const found = await curve.find((await plain.at(quality)).score, guess)
      equals[format].push(found.quality)
      guess = found.quality + 5
    }
  }
  return equals
}

/** The table that fits all pictures: means, that never fall. */
export function fitTable(pictures: readonly Equals[]): FittedRow[] {
  const least: Record<Format, number> = { jpeg: 1, webp: 1, avif: 1 }
  return fittedQualities.map((quality, index) => {
    const fit = (format: Format) => {
      const qualities = pictures.map((equals) => equals[format][index] ?? Number.NaN)
      least[format] = Math.max(least[format], Math.round(mean(qualities)))
      return { quality: least[format], deviation: deviation(qualities) }
    }
    return { quality, equals: { jpeg: fit('jpeg'), webp: fit('webp'), avif: fit('avif') } }
  })
}

/** What a fit found. */
export interface FitFigures {
  /** How many, each width counted. */
  pictures: number
  rows: FittedRow[]
}

/** `figures` for people. */
export function formatFit({ pictures, rows }: FitFigures): string {
  const cell = ({ quality, deviation: spread }: { quality: number; deviation: number }) =>
    `${quality} ± ${spread.toFixed(1)}`.padStart(14)
  return [
    `${pictures} pictures; the encoder's own quality of equal score, ± standard deviation`,
    `plain JPEG${formats.map((format) => format.padStart(14)).join('')}`,
    ...rows.map(
      ({ quality, equals }) =>
        String(quality).padStart(10) + formats.map((format) => cell(equals[format])).join(''),
    ),
    'written: transformer/plan/quality-table.ts; `npm run bench:quality` tells what it comes to',
  ].join('\n')
}
