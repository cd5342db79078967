import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'

/** A process that answers once and ends. */
export interface Command {
  execArgv?: readonly string[]
  script: string
  args: readonly string[]
  environment: Readonly<Record<string, string>>
}

/** What a process did. */
export interface Timed {
  /** From its start to the first byte of its answer. */
  firstByteMs: number
  answer: Buffer
  /** What it wrote to file descriptor 3. */
  notes: string
}

/**
 * Runs `command` in a process of Node of its own.
 *
 * @throws Error where it fails or answers nothing.
 */
export async function timeProcess({ execArgv = [], script, args, environment }: Command): Promise<Timed> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...execArgv, script, ...args], {
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  let firstByteMs: number | undefined
  child.stdout?.once('data', () => {
    firstByteMs = performance.now() - startedAt
  })
  const [answer, errors, notes, code] = await Promise.all([
    buffer(child.stdout as Readable),
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', resolve)
    }),
  ])
  if (code === 0 && firstByteMs !== undefined) return { firstByteMs, answer, notes }
  throw new Error(`${script}: expected an answer but it ended with ${code}\n${errors}`)
}
