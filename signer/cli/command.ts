/** What a command is run with, so that it needs nothing of the process. */
export interface Context {
  environment: Readonly<Record<string, string | undefined>>
  /** Paths are taken from here. */
  folder: string
  /** The clock, in epoch milliseconds. */
  now: () => number
  /** The result, on stdout. */
  print(text: string): void
  /** What a person should know besides, on stderr. */
  note(text: string): void
}

/** An option of a command. */
export interface CommandOption {
  text: string
  /** What its value is called in the help, such as `FILE`; without one it is a flag. */
  placeholder?: string
  /** Whether it may be given several times. */
  multiple?: boolean
  /** Whether the help leaves it out: another spelling of one that is there. */
  hidden?: boolean
}

export type CommandOptions = Readonly<Record<string, CommandOption>>

/** One command of the command line. */
export interface Command {
  /** Its words: `sign`, `keys new`. */
  name: string
  /** What starts it, as it is typed. Default: `fovea` and its name. */
  start?: string
  /** One line. */
  purpose: string
  /** What it takes beside options, in the help; '' for nothing. */
  operand: string
  options: CommandOptions
  /** Whether it has no `--json`: what it starts prints as it likes. */
  withoutJson?: boolean
  /** Paragraphs of the help below the options. */
  notes: readonly string[]
  /** Returns the exit code: 0, or 1 where something is refused. */
  run(given: GivenArguments, context: Context): Promise<number>
}

/** What was said on the command line. */
export interface GivenArguments {
  /** '' where the command takes none. */
  operand: string
  text(name: string): string | undefined
  flag(name: string): boolean
  texts(name: string): readonly string[]
}

/** A command line that cannot be run: exit code 2. Its message never holds a value, which may be a secret in the wrong place. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'usage'
}

const json = { text: 'print one JSON object, for machines' }
const help = { text: 'this text' }

/** All options of a command: its own, and those of every command. */
export function listOptions({ options, withoutJson }: Command): CommandOptions {
  return { ...options, ...(withoutJson ? {} : { json }), help }
}

/** What is typed to start a command. */
export function nameStart({ name, start = `fovea ${name}` }: Command): string {
  return start
}
