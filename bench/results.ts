import { mkdir, writeFile } from 'node:fs/promises'
import { describeMachine, type Machine } from './machine.ts'

/** Where benches leave what they measured; `docs/benchmarks.md` is written from these. */
export const resultsFolder = new URL('results/', import.meta.url)

/** A kept result. */
export type Result<Figures extends object> = Figures & {
  /** ISO 8601. */
  date: string
  machine: Machine
}

/** Writes `figures`, with the machine and the date, as `bench/results/NAME.json`. */
export async function writeResult(name: string, figures: object): Promise<void> {
  await mkdir(resultsFolder, { recursive: true })
  const result: Result<object> = { date: new Date().toISOString(), machine: describeMachine(), ...figures }
  await writeFile(new URL(`${name}.json`, resultsFolder), `${JSON.stringify(result, null, 2)}\n`)
}
