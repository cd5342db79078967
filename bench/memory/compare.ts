import { readSettings } from '../../transformer/settings.ts'
import type { BuiltTransformer } from '../deployment.ts'
import { startOriginals } from '../originals.ts'
import type { Photographs } from '../photographs.ts'
import { median } from '../statistics.ts'
import type { Job } from '../transform/contender.ts'
import { listCells } from '../transform/jobs.ts'
import { type Contender, startContender } from '../transform/start-contender.ts'

/** Peaks of one request each in a fresh process: medians, in megabytes. */
export interface MemoryRatio {
  photograph: string
  width: number
  format: string
  foveaMegabytes: number
  plainMegabytes: number
  ratio: number
}

/** A picture in a page. */
const width = 800

/** The largest photograph in each format, `runs` times on either side, every time in a process of its own. */
export async function compareMemory(
  { file, environment, execArgv }: BuiltTransformer,
  photographs: Photographs,
  runs: number,
): Promise<MemoryRatio[]> {
  const originals = await startOriginals(photographs.folder)
  const env = { ...environment, ...originals.environment }
  const find = (name: string) => new URL(`../transform/${name}`, import.meta.url)
  const startFovea = () => startContender(find('fovea-process.ts'), env, [file], execArgv)
  const startPlain = () => startContender(find('plain-process.ts'), env)
  try {
    const [, largest] = photographs.photographs
    const cells = await listCells(photographs, readSettings(env))
    const ratios: MemoryRatio[] = []
    for (const { job, format } of cells.filter(
      (cell) => cell.photograph === largest.name && cell.width === width,
    )) {
      const fovea: number[] = []
      const plain: number[] = []
      for (let run = 0; run < runs; run++) {
        fovea.push(await measurePeak(await startFovea(), job))
        plain.push(await measurePeak(await startPlain(), job))
      }
      const [foveaMegabytes, plainMegabytes] = [median(fovea), median(plain)]
      const ratio = foveaMegabytes / plainMegabytes
      ratios.push({ photograph: largest.name, width, format, foveaMegabytes, plainMegabytes, ratio })
    }
    return ratios
  } finally {
    originals.stop()
  }
}

async function measurePeak(contender: Contender, job: Job): Promise<number> {
  try {
    await contender.make(job)
    return (await contender.describe()).peakMegabytes
  } finally {
    contender.stop()
  }
}
