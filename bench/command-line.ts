import { parseArgs } from 'node:util'

/** An option whose value is a number. */
export interface NumberOption {
  /** What the number stands for in the help, such as `S`. */
  placeholder: string
  text: string
  default: number
  min: number
  max: number
  /** Whether only whole numbers are taken. */
  whole?: boolean
}

/** Options by name, without `--`. */
export type NumberOptions = Readonly<Record<string, NumberOption>>

/** Options without a value: what each does, by name. */
export type FlagOptions = Readonly<Record<string, string>>

/** An option whose value is a choice of names, between commas. */
export interface ListOption {
  placeholder: string
  text: string
  /** All that there are: the default. */
  choices: readonly string[]
}

/** Options by name, without `--`. */
export type ListOptions = Readonly<Record<string, ListOption>>

/** What a bench was told. */
export interface CommandLine<Options extends NumberOptions, Lists extends ListOptions = ListOptions> {
  /** Whether the last line is the report in JSON. */
  json: boolean
  /** Those that are given. */
  flags: ReadonlySet<string>
  numbers: { readonly [Name in keyof Options]: number }
  lists: { readonly [Name in keyof Lists]: ReadonlySet<string> }
}

/** The help of the bench that `npm run SCRIPT` starts. */
export function describeCommand(
  script: string,
  purpose: string,
  options: NumberOptions,
  flags: FlagOptions = {},
  lists: ListOptions = {},
): string {
  const rows = [
    ...Object.entries(options).map(([name, option]): [string, string] => [
      `--${name} ${option.placeholder}`,
      `${option.text} (default ${option.default})`,
    ]),
    ...Object.entries(lists).map(([name, { placeholder, text, choices }]): [string, string] => [
      `--${name} ${placeholder}`,
      `${text} (default ${choices.join(',')})`,
    ]),
    ...Object.entries(flags).map(([name, text]): [string, string] => [`--${name}`, text]),
    ['--json', 'print the figures as one JSON object, in the last line'],
    ['--help', 'this text'],
  ] as const
  const width = Math.max(...rows.map(([option]) => option.length))
  return [
    purpose,
    '',
    `  npm run ${script} -- [options]`,
    '',
    ...rows.map(([option, text]) => `  ${option.padEnd(width)}  ${text}`),
    '',
  ].join('\n')
}

/**
 * Reads the command line; undefined where help was asked for.
 *
 * @throws Error saying what was expected and received.
 */
export function readCommandLine<Options extends NumberOptions, Lists extends ListOptions = ListOptions>(
  argv: readonly string[],
  options: Options,
  flags: FlagOptions = {},
  lists: Lists = {} as Lists,
): CommandLine<Options, Lists> | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...Object.fromEntries(
        [...Object.keys(options), ...Object.keys(lists)].map((name) => [name, { type: 'string' } as const]),
      ),
      ...Object.fromEntries(Object.keys(flags).map((name) => [name, { type: 'boolean' } as const])),
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return undefined
  const given: Readonly<Record<string, string | boolean | undefined>> = values
  const numbers = Object.entries(options).map(([name, option]) => {
    const text = given[name]
    return [name, typeof text === 'string' ? readNumber(name, text, option) : option.default]
  })
  const chosen = Object.entries(lists).map(([name, { choices }]) => {
    const text = given[name]
    return [name, new Set(typeof text === 'string' ? readList(name, text, choices) : choices)]
  })
  return {
    json: values.json === true,
    flags: new Set(Object.keys(flags).filter((name) => given[name] === true)),
    numbers: Object.fromEntries(numbers),
    lists: Object.fromEntries(chosen),
  }
}

function readList(name: string, text: string, choices: readonly string[]): string[] {
  const received = text.split(',').map((each) => each.trim())
  const unknown = received.find((each) => !choices.includes(each))
  if (unknown === undefined) return received
  throw new Error(`--${name}: expected some of ${choices.join(',')} but received ${unknown || 'nothing'}`)
}

/** What may stand behind a number. */
const units = { k: 1e3, M: 1e6, G: 1e9 } as const

function readNumber(name: string, text: string, { min, max, whole }: NumberOption): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([kMG]?)$/.exec(text) ?? []
  // Rounded where a unit multiplies: 1.1 × 1000 is 1100.0000000000001.
  const value = unit ? Math.round(Number(digits) * units[unit as keyof typeof units]) : Number(digits)
  if (value >= min && value <= max && !(whole && !Number.isInteger(value))) return value
  const kind = whole ? 'a whole number' : 'a number'
  throw new Error(`--${name}: expected ${kind} from ${min} to ${max} but received ${text}`)
}
