import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { VariantParameters } from '../../../grammar/parameters.ts'

/** A file, what it is called, and what is asked of it. */
export interface Asked {
  key: string
  bytes: Buffer
  variants: readonly VariantParameters[]
}

/** An answer, and what came after it. */
export interface Answered {
  status: number
  headers: Record<string, string>
  /** Base64. */
  body: string
  tookMs: number
  /** Whether a good request behind it was answered as before. */
  nextIsServed: boolean
}

/** What a process saw that was asked for variants of some files. */
export interface Outcome {
  /** For each file, one for each variant. */
  answers: Answered[][]
  /** How many failures of ours it logged. */
  failures: number
  /** The most bytes that the process has been. */
  peakBytes: number
}

const script = fileURLToPath(new URL('./ask-here.ts', import.meta.url))

/**
 * Asks for variants of files, one after the other, in a process of its own.
 *
 * @throws Error for a crash.
 */
export async function askApart(asked: readonly Asked[]): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'fovea-hostile-'))
  try {
    writeFileSync(
      join(folder, 'asked.json'),
      JSON.stringify(asked.map(({ key, variants }) => ({ key, variants }))),
    )
    for (const [at, { bytes }] of asked.entries()) writeFileSync(join(folder, String(at)), bytes)
    return JSON.parse(await run(['--import', 'tsx', script, folder]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What a process wrote before it ended, by a signal of its own where all is well. */
export function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 1e9 }, (error, written, errors) =>
      written === ''
        ? reject(new Error(`the process ended (${error?.signal ?? error?.code}): ${errors}`))
        : resolve(written),
    )
  })
}
