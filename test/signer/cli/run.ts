import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Context } from '../../../signer/cli/command.ts'
import { runCli } from '../../../signer/cli/run-cli.ts'
import { nowMs } from '../test-signer.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** What a command did. */
export interface Outcome {
  code: number | null
  out: string
  err: string
}

/** Runs the command line in this process. */
export async function run(argv: readonly string[], given: Partial<Context> = {}): Promise<Outcome> {
  const outcome: Outcome = { code: null, out: '', err: '' }
  outcome.code = await runCli(argv, {
    environment: {},
    folder: tmpdir(),
    now: () => nowMs,
    print: (text) => {
      outcome.out += `${text}\n`
    },
    note: (text) => {
      outcome.err += `${text}\n`
    },
    ...given,
  })
  return outcome
}

/** Runs the command line as a process of its own, with nothing but `env` in its environment. */
export function spawnCli(
  argv: readonly string[],
  { env = {}, cwd = root }: { env?: Record<string, string>; cwd?: string } = {},
): Promise<Outcome> {
  const tsx = import.meta.resolve('tsx')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', tsx, join(root, 'signer/cli/main.ts'), ...argv], {
      cwd,
      // The AWS SDK warns of what it will do to Node 20 in 2027.
      env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const outcome: Outcome = { code: null, out: '', err: '' }
    child.stdout.on('data', (chunk) => {
      outcome.out += chunk
    })
    child.stderr.on('data', (chunk) => {
      outcome.err += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...outcome, code }))
  })
}

const folders: string[] = []

/** A new folder of this test's own. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fovea-cli-'))
  folders.push(folder)
  return folder
}

export async function removeFolders(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
}
