import type { Source } from '../original/inspect.ts'
import type { AskedParameters } from '../plan/focal-point.ts'
import type { TransformerSettings } from '../settings.ts'
import type { SharpModule } from '../sharp.ts'
import { formatJson } from './json.ts'
import { computeBlurhash, computeThumbhash } from './placeholders.ts'
import { makeSample, type Sample } from './sample.ts'

/** The formats that tell of an original instead of showing it. */
export type Description = 'json' | 'thumbhash' | 'blurhash'

type Describe = (sample: Sample, given: AskedParameters, source: Source, sourceBytes: number) => string

const describers: Readonly<Record<Description, Describe>> = {
  json: formatJson,
  thumbhash: computeThumbhash,
  blurhash: computeBlurhash,
}

/** Whether `format` is a description. */
export function isDescription(format: string): format is Description {
  return Object.hasOwn(describers, format)
}

/**
 * What `given.format` tells of an original, as text.
 *
 * @throws TransformError `undecodable`, `over-limit`, `outside`.
 */
export async function describeOriginal(
  bytes: Buffer,
  given: AskedParameters & { format: Description },
  source: Source,
  settings: TransformerSettings,
  sharp: SharpModule,
): Promise<string> {
  const sample = await makeSample(bytes, given, source, settings, sharp)
  return describers[given.format](sample, given, source, bytes.length)
}
