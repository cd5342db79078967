import type { VariantParameters } from '../../grammar/parameters.ts'
import { qualityTable } from './quality-table.ts'

/** The numbers behind the words, on the scale of plain JPEG. */
const tiers = { low: 50, auto: 75, medium: 70, high: 85 } as const

/** What `quality` asks for on the one scale, 1–100. */
export function readQuality(quality: VariantParameters['quality']): number {
  return typeof quality === 'number' ? quality : tiers[quality ?? 'auto']
}

/** The encoder's own quality, 1–100, that looks like `quality` of plain JPEG, by the table of equal looks. */
export function scaleQuality(quality: number, format: 'jpeg' | 'webp' | 'avif'): number {
  const above = qualityTable.findIndex((row) => row.quality >= quality)
  const high = qualityTable[above] ?? qualityTable[qualityTable.length - 1]
  const low = qualityTable[above - 1] ?? qualityTable[0]
  if (!high || high.quality === low.quality) return low[format]
  const share = (quality - low.quality) / (high.quality - low.quality)
  return Math.round(low[format] + share * (high[format] - low[format]))
}
