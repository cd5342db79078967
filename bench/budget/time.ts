import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { inspectOriginal } from '../../transformer/original/inspect.ts'
import { planVariant } from '../../transformer/plan/plan.ts'
import { renderVariant } from '../../transformer/render.ts'
import { readSettings } from '../../transformer/settings.ts'
import { loadSharp } from '../../transformer/sharp.ts'
import { plainAt } from '../quality/measure.ts'

/** What one width took, in milliseconds of processor time from the original's bytes to the variant's: least of all rounds. */
export interface TimeFigures {
  name: string
  width: number
  /** What a viewer of AVIF is given where no format is named. */
  format: string
  autoMs: number
  /** The same for a viewer of WebP. */
  webpMs: number
  /** Plain sharp's AVIF, at the effort that it has by default. */
  plainMs?: number
}

const settings = readSettings({ IMAGE_BUCKET: 'none' })

/** Measures in turn what is compared, so that what else the machine does meets all alike. */
export async function measureTimes(
  name: string,
  original: Buffer,
  width: number,
  plainQuality: number | undefined,
  rounds: number,
): Promise<TimeFigures> {
  const jobs = {
    autoMs: () => make(original, { width, format: 'auto.avif' }),
    webpMs: () => make(original, { width, format: 'auto.webp' }),
  }
  const least = { autoMs: Number.POSITIVE_INFINITY, webpMs: Number.POSITIVE_INFINITY }
  // Not counted: compilers and caches settle.
  const format = await jobs.autoMs()
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(jobs) as (keyof typeof jobs)[]) {
      least[name] = Math.min(least[name], await measureProcessor(jobs[name]))
    }
  }
  const plainMs = plainQuality && (await measureProcessor(() => makePlainly(original, width, plainQuality)))
  return { name, width, format, ...least, plainMs }
}

/** All threads of this process. */
async function measureProcessor(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

async function make(original: Buffer, parameters: VariantParameters): Promise<string> {
  const loaded = await loadSharp()
  const source = await inspectOriginal(original, settings, loaded)
  const plan = planVariant(parameters, source, settings)
  return (await renderVariant(original, source, plan, loaded)).encoder.format
}

function makePlainly(original: Buffer, width: number, quality: number): Promise<Buffer> {
  const { format, options } = plainAt('avif', quality)
  return sharp(original).autoOrient().resize({ width }).toFormat(format, options).toBuffer()
}
