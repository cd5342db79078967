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
  if (first === 'help' && second !== '') return runCli([...argv.slice(1), '--help'], context)
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
    const message = describeUnknown(name.trim(), group)
    context.note(`fovea: ${message}`)
    if (argv.includes('--json')) context.print(JSON.stringify({ error: { code: 'usage', message } }))
    return 2
  }
  return runCommand(command, argv.slice(name.split(' ').length), context)
}

function describeUnknown(name: string, group: string): string {
  const names = commands.map((each) => each.name).filter((each) => each.startsWith(group))
  const nearest = name === group ? undefined : findNearest(name, names)
  const hint = nearest ? `, perhaps ${nearest}` : ''
  // A word that is no command may be anything, a secret too.
  return `expected a command${hint} (${names.join(', ')}; --help)`
}
