import { maxSide } from '../grammar/max-side.ts'
import type { PresetParameters } from '../grammar/parameters.ts'
import { readValue } from '../grammar/value-kinds.ts'
import { invalidSetting } from './setting-rules.ts'

/** How far apart two ratios are at least, larger by smaller: within 1 % of one a request means it, so no request means two. */
const minQuotient = 1.02

/** Returns the ratios in lowest terms. */
export function readAspects(given: readonly string[], ladder: readonly number[]): readonly string[] {
  if (!Array.isArray(given)) throw invalidSetting('aspects', 'a list of ratios such as 16-9', given)
  const aspects = given.map((text) => {
    const aspect = readValue('W-H<=64', String(text))
    if (aspect === undefined) throw invalidSetting('aspects', 'ratios such as 16-9, sides 1–64,', text)
    return String(aspect)
  })
  for (const [at, aspect] of aspects.entries()) {
    const near = aspects.slice(0, at).find((other) => areClose(aspect, other))
    if (near !== undefined) throw invalidSetting('aspects', `ratios more than 2 % from ${near}`, aspect)
    const step = ladder.at(-1) ?? 0
    if (Math.round(step / divide(aspect)) > maxSide) {
      throw invalidSetting(
        'aspects',
        `ratios at most ${maxSide} px high at the ladder's step ${step}`,
        aspect,
      )
    }
  }
  return aspects
}

/**
 * Returns the ratios that two sides may have without a signature: those of the settings and, as long as they are apart, those of
 * the presets, so that `preset=card&dpr=2` is none to refuse.
 */
export function compileAspects(
  aspects: readonly string[],
  presets: Readonly<Record<string, PresetParameters>>,
): readonly string[] {
  const all = [...aspects]
  for (const preset of Object.values(presets)) {
    const ratio = findRatio(preset)
    if (ratio !== undefined && !all.some((other) => areClose(ratio, other))) all.push(ratio)
  }
  return all
}

/** The ratio that a preset gives its box, as `W-H` in lowest terms. */
function findRatio({ width, height, aspect }: PresetParameters): string | undefined {
  if (aspect !== undefined) return aspect
  if (typeof width !== 'number' || height === undefined) return undefined
  const divisor = greatestCommonDivisor(width, height)
  return `${width / divisor}-${height / divisor}`
}

function areClose(one: string, other: string): boolean {
  const quotient = divide(one) / divide(other)
  return Math.max(quotient, 1 / quotient) <= minQuotient
}

/** Width by height. */
function divide(aspect: string): number {
  const [width, height] = aspect.split('-').map(Number)
  return Number(width) / Number(height)
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
