import { type Command, listOptions, nameStart } from './command.ts'
import { formatTable } from './table.ts'

const exitCodes = 'Exit codes: 0 done, 1 refused or failed, 2 a command line that cannot be run.'

/** The help of one command. */
export function describeCommand(command: Command): string {
  const { purpose, operand, notes } = command
  const rows = Object.entries(listOptions(command))
    .filter(([, { hidden }]) => !hidden)
    .map(([option, { placeholder, text }]) => [
      `  --${option}${placeholder === undefined ? '' : ` ${placeholder}`}`,
      text,
    ])
  const usage = [`  ${nameStart(command)}`, operand, '[options]'].filter(Boolean).join(' ')
  return [purpose, usage, formatTable(rows), ...notes, exitCodes].join('\n\n')
}

/** The help of all commands, or of those that begin with `word`. */
export function describeCommands(commands: readonly Command[], word = ''): string {
  const shown = commands.filter(({ name }) => word === '' || name.startsWith(`${word} `))
  const rows = shown.map(({ name, operand, purpose }) => [`  fovea ${name} ${operand}`.trimEnd(), purpose])
  return [
    word === 'keys'
      ? 'The signing keys of a deployment, in its KeyValueStore'
      : 'Fovea: images by URL, on AWS',
    formatTable(rows),
    `Each has a --help of its own. ${exitCodes}`,
  ].join('\n\n')
}
