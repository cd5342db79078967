import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { revision } from '../../grammar/variant.ts'
import { inspectOriginal, type Source } from '../../transformer/original/inspect.ts'
import { planVariant } from '../../transformer/plan/plan.ts'
import type { TransformerSettings } from '../../transformer/settings.ts'
import type { Photograph, Photographs } from '../photographs.ts'
import type { Job } from './contender.ts'

/** One cell of the table: an original, a width, a format. */
export interface Cell {
  photograph: string
  width: number
  format: (typeof formats)[number]
  job: Job
}

/** A thumbnail, a picture in a page, one across it. */
const widths = [320, 800, 1600] as const

const formats = ['jpeg', 'webp', 'avif'] as const

/** All combinations, each with what the transformer's own plan says of size and encoder. */
export async function listCells(
  { folder, photographs }: Pick<Photographs, 'folder'> & { photographs: readonly Photograph[] },
  settings: TransformerSettings,
): Promise<Cell[]> {
  const cells = photographs.map(async ({ name, key }) => {
    const source = await inspectOriginal(await readFile(join(folder, key)), settings, sharp)
    return widths.flatMap((width) =>
      formats.map((format) => ({
        photograph: name,
        width,
        format,
        job: planJob(key, source, { width, format }, settings),
      })),
    )
  })
  return (await Promise.all(cells)).flat()
}

function planJob(
  key: string,
  source: Source,
  { width, format }: Pick<Cell, 'width' | 'format'>,
  settings: TransformerSettings,
): Job {
  const { geometry, encoder, frames, hasAlpha } = planVariant({ width, format }, source, settings)
  return {
    key,
    query: `rev=${revision}&width=${width}&format=${format}`,
    ...geometry.output,
    encoder,
    moving: frames === 'all',
    flattened: hasAlpha && encoder.format === 'jpeg',
  }
}
