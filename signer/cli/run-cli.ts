import type { Command, Context } from './command.ts'
import { explainCommand } from './explain-command.ts'
import { describeCommands } from './help.ts'
import { keysCommands } from './keys-commands.ts'
import { findNearest } from './nearest.ts'
import { runCommand } from './run-command.ts'
import { signCommand } from './sign-command.ts'
import { translateCommand } from './translate-command.ts'

const commands: readonly Command[] = [signCommand, explainCommand, translateCommand, ...keysCommands]

/** Runs the command that `argv` names and returns the exit code: 0 done, 1 refused or failed, 2 cannot be run. */
export async function runCli(argv: readonly string[], context: Context): Promise<number> {
  const [first = '', second = ''] = argv
  if (first === '--help' || first === '-h' || first === 'help') {
    context.print(describeCommands(commands))
    return 0
  }
  const group = commands.some(({ name }) => name.startsWith(`${first} `)) ? first : ''
  const name = group === '' ? first : `${first} ${second}`
  if (group !== '' && (second === '--help' || second === '-h')) {
    context.print(describeCommands(commands, group))
    return 0
  }
  const command = commands.find((each) => each.name === name)
  if (!command) {
    context.note(describeUnknown(name.trim()))
    return 2
  }
  return runCommand(command, argv.slice(name.split(' ').length), context)
}

function describeUnknown(name: string): string {
  const nearest = findNearest(
    name,
    commands.map((each) => each.name),
  )
  const hint = nearest ? `, perhaps ${nearest}` : ''
  // A word that is no command may be anything, a secret too.
  const all = commands.map((each) => each.name).join(', ')
  return `fovea: expected a command${hint} (${all}; --help)`
}
