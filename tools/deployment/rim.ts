import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { root } from '../../infra/built-files.ts'
import { createAccount, type LambdaAccount } from '../../infra/lambda-account.ts'
import type { Settings } from '../../infra/settings.ts'
import { loadSettings } from '../../infra/settings-file.ts'

/** The programs that a deployment is made with. */
export type Program = 'npm' | 'synth' | 'cdk'

/** What the commands over a deployment meet of the world. */
export interface Rim {
  loadSettings(): Promise<Settings>
  /** @param profile of the AWS configuration; undefined: what the environment says. */
  openAccount(region: string, profile: string | undefined): LambdaAccount
  /** Runs a program to its end, on this terminal, and returns its exit code. */
  run(program: Program, argv: readonly string[]): Promise<number>
  /** Asks a person; undefined where there is none at a terminal. */
  ask?(question: string): Promise<string>
  /** Where the template is after `synth`. */
  assembly: string
  /** Where the CDK leaves the outputs of a deployment, as JSON. */
  outputsFile: string
}

/** The CDK's command line that this project is locked to: a newer one on PATH may not read its assemblies. */
function findCdk(): string {
  return createRequire(import.meta.url).resolve('aws-cdk/bin/cdk')
}

const programs: Readonly<Record<Program, () => readonly [command: string, ...first: string[]]>> = {
  npm: () => ['npm'],
  synth: () => [process.execPath, '--import', 'tsx', join(root, 'infra/app.ts')],
  cdk: () => [process.execPath, findCdk()],
}

function runProgram(program: Program, argv: readonly string[]): Promise<number> {
  const [command, ...first] = programs[program]()
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...argv], { cwd: root, stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}

async function askPerson(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}

/** This machine, and the account of whoever's credentials are in force. */
export const processRim: Rim = {
  loadSettings,
  openAccount: (region, profile) => createAccount(region, { profile }),
  run: runProgram,
  ask: process.stdin.isTTY ? askPerson : undefined,
  assembly: join(root, 'cdk.out'),
  outputsFile: join(root, 'build/deployment.json'),
}
