import { parameters, type VariantParameters } from '../../grammar/parameters.ts'
import type { Source } from '../original/inspect.ts'
import type { SourceFormat } from '../original/signatures.ts'
import type { Plan } from './plan.ts'

const everywhere: readonly SourceFormat[] = ['jpeg', 'png', 'gif']
const newer: readonly SourceFormat[] = [...everywhere, 'webp']

/** Formats of originals that do as they are, where these were asked for; others do where they are asked for by name. */
const accepted: Readonly<Partial<Record<VariantParameters['format'], readonly SourceFormat[]>>> = {
  auto: everywhere,
  'auto.webp': newer,
  'auto.avif': newer,
  original: newer,
}

/** Parameters whose effect, on a picture that keeps its size, is in the geometry. */
const geometric = ['width', 'height', 'aspect', 'fit', 'gravity', 'enlarge', 'crop']

/** All else that stands before the format changes pixels. */
const changing = parameters
  .slice(
    0,
    parameters.findIndex((row) => row.name === 'format'),
  )
  .map((row) => row.name)
  .filter((name) => !geometric.includes(name))

/** Whether `given` asks for other pixels than the original's, whatever their size. */
export function changesPixels(given: VariantParameters): boolean {
  return changing.some((name) => given[name as keyof VariantParameters] !== undefined)
}

/** Whether the pixels of the original, in its own format, are what `given` asks for: nothing to change or to convert. */
export function isOriginalEnough(given: VariantParameters, source: Source, plan: Plan): boolean {
  const { geometry, region, frames } = plan
  const { output } = geometry
  return (
    (accepted[given.format]?.includes(source.format) ?? given.format === source.format) &&
    !changesPixels(given) &&
    !(region || geometry.crop || geometry.margin) &&
    output.width === source.width &&
    output.height === source.height &&
    (frames === 'all' || source.pages === 1) &&
    (source.space === 'srgb' || source.space === 'b-w')
  )
}
