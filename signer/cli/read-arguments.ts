import { parseArgs } from 'node:util'
import { type Command, type CommandOptions, type GivenArguments, listOptions, UsageError } from './command.ts'
import { findNearest } from './nearest.ts'

/**
 * Reads what follows the name of `command`; undefined where help was asked for.
 *
 * @throws UsageError
 */
export function readArguments(command: Command, argv: readonly string[]): GivenArguments | undefined {
  const known = listOptions(command)
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { placeholder, multiple = false }]) => [
      name,
      {
        type: placeholder === undefined ? 'boolean' : 'string',
        multiple,
        ...(name === 'help' && { short: 'h' }),
      } as const,
    ]),
  )
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true })
  for (const token of tokens) {
    if (token.kind === 'option') checkOption(token.name, token.rawName, token.value, known)
  }
  if (tokens.some((token) => token.kind === 'option' && token.name === 'help')) return undefined
  const repeated = tokens.find(
    (token, index) =>
      token.kind === 'option' &&
      !known[token.name]?.multiple &&
      tokens.findIndex((each) => each.kind === 'option' && each.name === token.name) < index,
  )
  if (repeated?.kind === 'option') throw new UsageError(`--${repeated.name}: expected once`)
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true })
  return {
    operand: readOperand(command, positionals),
    text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
    flag: (name) => values[name] === true,
    texts: (name) => (Array.isArray(values[name]) ? values[name].map(String) : []),
  }
}

function checkOption(name: string, typed: string, value: string | undefined, known: CommandOptions): void {
  const option = Object.hasOwn(known, name) ? known[name] : undefined
  if (!option) {
    if (name === 'secret' || name === 'token') {
      throw new UsageError(`--${name}: expected none, since all users of a machine see arguments (--help)`)
    }
    const nearest = typed.startsWith('--') ? findNearest(name, Object.keys(known)) : undefined
    throw new UsageError(
      `${typed}: expected a known option${nearest ? `, perhaps --${nearest}` : ''} (--help lists them)`,
    )
  }
  if (option.placeholder !== undefined && (value === undefined || value === '')) {
    throw new UsageError(`--${name}: expected ${option.placeholder} after it`)
  }
  if (option.placeholder === undefined && value !== undefined) {
    throw new UsageError(`--${name}: expected no value`)
  }
}

function readOperand({ operand }: Command, positionals: readonly string[]): string {
  const most = operand === '' ? 0 : 1
  if (positionals.length > most) {
    throw new UsageError(`expected ${operand || 'options'} alone but received ${positionals.length} operands`)
  }
  // What stands in brackets may be left out.
  if (positionals.length < most && !operand.startsWith('[')) throw new UsageError(`expected ${operand}`)
  return positionals[0] ?? ''
}
