import { isOriginalsFault } from '../grammar/origin-errors.ts'
import type { Variant } from '../grammar/variant.ts'
import { isDescription } from './describe/describe.ts'
import type { TransformerSettings } from './settings.ts'

/** What of a variant its fallback has too: its size, its shape and its format, nothing that is about the original. */
const keptNames = [
  'width',
  'height',
  'aspect',
  'fit',
  'pad',
  'background',
  'radius',
  'format',
  'quality',
] as const

/**
 * The variant that is shown in place of `variant` where its original failed with `code`; undefined where the settings name
 * none, the original is not to blame, or no picture was asked for.
 */
export function planFallback(
  { key, parameters }: Variant,
  code: string,
  { fallbackKey }: Pick<TransformerSettings, 'fallbackKey'>,
): Variant | undefined {
  if (fallbackKey === undefined || fallbackKey === key) return undefined
  if (!isOriginalsFault(code) || isDescription(parameters.format)) return undefined
  const kept = keptNames.map((name) => [name, parameters[name]])
  // A page has left room for the size that it asked for, however small the fallback is.
  return { key: fallbackKey, parameters: { ...Object.fromEntries(kept), enlarge: '1' } }
}
