import { tmpdir } from 'node:os'
import type { Command, Context } from '../../signer/cli/command.ts'
import { runCommand } from '../../signer/cli/run-command.ts'

/** What a tool did. */
export interface Outcome {
  code: number
  out: string
  err: string
}

/** Runs a tool in this process, with nothing but `given` of an environment. */
export async function runTool(
  command: Command,
  argv: readonly string[],
  given: Partial<Context> = {},
): Promise<Outcome> {
  const outcome: Outcome = { code: 0, out: '', err: '' }
  outcome.code = await runCommand(command, argv, {
    environment: {},
    folder: tmpdir(),
    now: Date.now,
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
