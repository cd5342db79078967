import type { CommandOption, CommandOptions } from '../../signer/cli/command.ts'

/** A command line, taken apart. */
export interface SplitArguments {
  /** Options of the tool itself, and their values. */
  own: readonly string[]
  /** All else, in its order: the CDK's. */
  passed: readonly string[]
}

const help: CommandOption = { text: '' }

/** Takes apart what is for a tool that has `options`, and what it passes on. */
export function splitArguments(argv: readonly string[], options: CommandOptions): SplitArguments {
  const known: CommandOptions = { ...options, help }
  const own: string[] = []
  const passed: string[] = []
  for (let place = 0; place < argv.length; place++) {
    const word = argv[place] ?? ''
    const [, name = '', joined] = /^--([\w-]+)(=.*)?$/s.exec(word) ?? []
    const option = word === '-h' ? help : Object.hasOwn(known, name) ? known[name] : undefined
    if (!option) {
      passed.push(word)
      continue
    }
    own.push(word === '-h' ? '--help' : word)
    const value = argv[place + 1]
    if (option.placeholder !== undefined && joined === undefined && value !== undefined) {
      own.push(value)
      place++
    }
  }
  return { own, passed }
}
