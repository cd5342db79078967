import { type Command, type Context, nameStart, UsageError } from './command.ts'
import { describeCommand } from './help.ts'
import { readArguments } from './read-arguments.ts'

/** Runs `command` with what follows its name and returns the exit code: 0 done, 1 refused or failed, 2 cannot be run. */
export async function runCommand(
  command: Command,
  argv: readonly string[],
  context: Context,
): Promise<number> {
  try {
    const given = readArguments(command, argv)
    if (given) return await command.run(given, context)
    context.print(describeCommand(command))
    return 0
  } catch (error) {
    const message = error instanceof Error ? error.message : 'an unknown failure'
    context.note(`${nameStart(command).replace(/ --$/, '')}: ${message}`)
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (!command.withoutJson && argv.includes('--json')) {
      context.print(JSON.stringify({ error: { code, message } }))
    }
    return error instanceof UsageError ? 2 : 1
  }
}
